import type {
  ApplicationConfigurationDescription,
  ApplicationDetail,
  ApplicationMaintenanceConfigurationDescription,
  InputDescription,
  SnapshotDetails,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { limits } from "../limits.ts";
import type { Application } from "./application.ts";
import {
  type ApplicationDocument,
  isFlink,
  isSql,
  type RunDocument,
  type SnapshotDocument,
  type VersionDocument,
} from "./document.ts";

/** The application as it is now, or as one of its versions was. */
export function detailOf(
  application: Application,
  version: VersionDocument = application.document.current,
  jobPlan?: string,
): ApplicationDetail {
  const { document } = application;
  const isCurrent = version.version === document.current.version;
  return {
    ApplicationARN: application.arn,
    ApplicationDescription: document.description,
    ApplicationName: document.name,
    RuntimeEnvironment: version.runtime,
    ServiceExecutionRole: version.role,
    ApplicationStatus: isCurrent ? document.status : statusOfOld(version),
    ApplicationVersionId: version.version,
    CreateTimestamp: new Date(document.createdMs),
    LastUpdateTimestamp: new Date(isCurrent ? document.updatedMs : version.createdMs),
    ApplicationConfigurationDescription: configurationOf(document, version, jobPlan),
    CloudWatchLoggingOptionDescriptions: version.logging.length === 0 ? undefined : [...version.logging],
    ApplicationMaintenanceConfigurationDescription: isSql(version.runtime)
      ? undefined
      : maintenanceOf(document.maintenanceStart),
    ApplicationVersionUpdatedFrom: version.updatedFrom,
    ApplicationVersionRolledBackFrom: version.rolledBackFrom,
    ApplicationVersionCreateTimestamp: new Date(version.createdMs),
    ConditionalToken: isCurrent ? application.conditionalToken : undefined,
    ApplicationVersionRolledBackTo: version.rolledBackTo,
    ApplicationMode: document.mode,
  };
}

export const statusOfOld = ({ isRolledBack }: VersionDocument): "ROLLED_BACK" | "READY" =>
  isRolledBack === true ? "ROLLED_BACK" : "READY";

export function maintenanceOf(start: string): ApplicationMaintenanceConfigurationDescription {
  const [hour = 0, minute = 0] = start.split(":").map(Number);
  const end = (hour + limits.maintenanceWindowHours) % 24;
  const text = (value: number): string => String(value).padStart(2, "0");
  return {
    ApplicationMaintenanceWindowStartTime: start,
    ApplicationMaintenanceWindowEndTime: `${text(end)}:${text(minute)}`,
  };
}

function configurationOf(
  { run, currentParallelism, current }: ApplicationDocument,
  { configuration, version, runtime }: VersionDocument,
  jobPlan: string | undefined,
): ApplicationConfigurationDescription | undefined {
  const { FlinkApplicationConfigurationDescription: flink, SqlApplicationConfigurationDescription: sql } =
    configuration;
  const parallelism = flink?.ParallelismConfigurationDescription;
  const isCurrent = version === current.version;
  const described: ApplicationConfigurationDescription = {
    ...configuration,
    ...(flink && {
      FlinkApplicationConfigurationDescription: {
        ...flink,
        ParallelismConfigurationDescription: {
          ...parallelism,
          CurrentParallelism: isCurrent ? currentParallelism : parallelism?.Parallelism,
        },
        ...(jobPlan !== undefined && { JobPlanDescription: jobPlan }),
      },
    }),
    ...(sql && {
      SqlApplicationConfigurationDescription: {
        ...sql,
        InputDescriptions: sql.InputDescriptions?.map((input) => withPosition(input, run)),
      },
    }),
    ...(run !== undefined && isFlink(runtime) && { RunConfigurationDescription: runOf(run) }),
  };
  return Object.keys(described).length === 0 ? undefined : described;
}

function withPosition(input: InputDescription, run: RunDocument | undefined): InputDescription {
  const position = run?.positions[input.InputId ?? ""];
  if (position === undefined) return input;
  return { ...input, InputStartingPositionConfiguration: { InputStartingPosition: position } };
}

function runOf({
  restoreType,
  snapshotName,
  allowNonRestoredState,
}: RunDocument): NonNullable<ApplicationConfigurationDescription["RunConfigurationDescription"]> {
  return {
    ApplicationRestoreConfigurationDescription: {
      ApplicationRestoreType: restoreType,
      SnapshotName: snapshotName,
    },
    FlinkRunConfigurationDescription: { AllowNonRestoredState: allowNonRestoredState },
  };
}

export function snapshotDetails(snapshot: SnapshotDocument): SnapshotDetails {
  return {
    SnapshotName: snapshot.name,
    SnapshotStatus: snapshot.status,
    ApplicationVersionId: snapshot.version,
    SnapshotCreationTimestamp: new Date(snapshot.createdMs),
    RuntimeEnvironment: snapshot.runtime,
  };
}
