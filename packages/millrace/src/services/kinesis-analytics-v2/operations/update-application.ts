import type {
  UpdateApplicationRequest,
  UpdateApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Application } from "../applications/application.ts";
import { changeVersion, type VersionChange } from "../applications/change.ts";
import { detailOf } from "../applications/description.ts";
import { isSql, isStudio, type RunDocument, type VersionDocument } from "../applications/document.ts";
import { checkRole } from "../applications/role-check.ts";
import { sha256Of } from "../code/code-check.ts";
import { newLoggingOption } from "../configuration/logging.ts";
import { updatedConfiguration } from "../configuration/updated-configuration.ts";
import { invalidArgument, partNotFound } from "../errors.ts";
import { restorePoint } from "../running/restore-point.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

type UpdateInput = Input<UpdateApplicationRequest>;

export async function updateApplication(
  state: KinesisAnalyticsV2State,
  input: UpdateInput,
  call: Call,
): Promise<UpdateApplicationResponse> {
  const role = input.ServiceExecutionRoleUpdate;
  const { account, region } = call;
  if (role !== undefined)
    checkRole(state.dependencies.roles, role, { account, region, name: input.ApplicationName });
  const { application, operationId } = await changeVersion(state, call, input, (found) =>
    changeOf(state, found, input),
  );
  const { current } = application.document;
  return {
    ApplicationDetail: detailOf(application),
    OperationId: isSql(current.runtime) ? undefined : operationId,
  };
}

function changeOf(
  state: KinesisAnalyticsV2State,
  application: Application,
  input: UpdateInput,
): VersionChange {
  const { current, name } = application.document;
  const runtime = updatedRuntime(current, input);
  const asked = input.ApplicationConfigurationUpdate;
  const given = asked && updatedConfiguration(current.configuration, asked, { name, runtime });
  const { ServiceExecutionRoleUpdate: role, RunConfigurationUpdate: runUpdate } = input;
  const run = runUpdate && updatedRun(state, application, runUpdate);
  const archive = given?.archive;
  const isNewCode = asked?.ApplicationCodeConfigurationUpdate?.CodeContentUpdate !== undefined;
  return {
    version: {
      runtime,
      ...(role !== undefined && { role }),
      ...(given && { configuration: given.configuration }),
      ...(input.CloudWatchLoggingOptionUpdates && { logging: updatedLogging(current, input, name) }),
      // What is in S3 is read anew.
      ...(isNewCode && { archive: archive && sha256Of(archive) }),
    },
    archive,
    run,
    ...(run && restoring(application, run)),
    restarts: true,
  };
}

function updatedRuntime(
  { runtime }: VersionDocument,
  { RuntimeEnvironmentUpdate: update }: UpdateInput,
): VersionDocument["runtime"] {
  if (update === undefined || update === runtime) return runtime;
  const family = (name: string): string => name.slice(0, name.lastIndexOf("-"));
  if (family(update) !== family(runtime))
    throw invalidArgument(`The runtime cannot be changed from ${runtime} to ${update}.`);
  return update;
}

function updatedLogging(
  { logging }: VersionDocument,
  { CloudWatchLoggingOptionUpdates: updates = [] }: UpdateInput,
  name: string,
): VersionDocument["logging"] {
  const result = [...logging];
  for (const { CloudWatchLoggingOptionId: id, LogStreamARNUpdate: arn } of updates) {
    const at = result.findIndex((option) => option.CloudWatchLoggingOptionId === id);
    if (at < 0) throw partNotFound("CloudWatch logging option", id, name);
    if (arn !== undefined) result[at] = newLoggingOption(arn, id);
  }
  return result;
}

function updatedRun(
  state: KinesisAnalyticsV2State,
  { document }: Application,
  update: NonNullable<UpdateInput["RunConfigurationUpdate"]>,
): RunDocument {
  const { runtime } = document.current;
  if (isSql(runtime) || isStudio(runtime))
    throw invalidArgument(`RunConfigurationUpdate is not supported for the runtime ${runtime}.`);
  const { ApplicationRestoreConfiguration: restore, FlinkRunConfiguration: flink } = update;
  const before = document.run;
  const snapshotName = restore === undefined ? before?.snapshotName : restore.SnapshotName;
  return {
    restoreType: restore?.ApplicationRestoreType ?? before?.restoreType ?? "RESTORE_FROM_LATEST_SNAPSHOT",
    ...(snapshotName !== undefined && { snapshotName }),
    allowNonRestoredState: flink?.AllowNonRestoredState ?? false,
    positions: {},
    requestedMs: state.clock.now(),
  };
}

/** The latest snapshot is the one that the update takes. */
function restoring(application: Application, run: RunDocument): Pick<VersionChange, "restoreFrom"> {
  if (run.restoreType === "SKIP_RESTORE_FROM_SNAPSHOT") return { restoreFrom: null };
  if (run.restoreType === "RESTORE_FROM_LATEST_SNAPSHOT") return {};
  return { restoreFrom: restorePoint(application, run)?.engineName ?? null };
}
