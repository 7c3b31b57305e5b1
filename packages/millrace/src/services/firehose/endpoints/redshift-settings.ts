import type {
  CopyCommand,
  RedshiftDestinationConfiguration,
  RedshiftDestinationUpdate,
  SecretsManagerConfiguration,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { mergedProcessing, type ProcessingSettings } from "../processing/processing-settings.ts";
import {
  type LoggingOptions,
  mergedLogging,
  mergedSettings,
  noLogging,
  type S3Change,
  type S3Settings,
} from "../s3/s3-settings.ts";
import { definedOnly } from "./endpoint-settings.ts";

export type RedshiftChange = Omit<
  Partial<Input<RedshiftDestinationUpdate>>,
  "S3Update" | "S3BackupUpdate"
> & {
  readonly S3Update?: S3Change | undefined;
  readonly S3BackupUpdate?: S3Change | undefined;
};

/** Amazon Redshift as it is kept and, but for its password, described. */
export interface RedshiftSettings {
  readonly RoleARN: string;
  readonly ClusterJDBCURL: string;
  readonly CopyCommand: Input<CopyCommand>;
  readonly Username: string;
  readonly RetryOptions: { readonly DurationInSeconds: number };
  /** Where records are staged for the cluster. */
  readonly S3DestinationDescription: S3Settings;
  readonly ProcessingConfiguration?: ProcessingSettings | undefined;
  readonly S3BackupMode: "Disabled" | "Enabled";
  readonly S3BackupDescription?: S3Settings | undefined;
  readonly CloudWatchLoggingOptions: LoggingOptions;
  readonly SecretsManagerConfiguration?: Input<SecretsManagerConfiguration> | undefined;
}

const retrySeconds = 3_600;

/** A configuration calls the places in S3 what an update calls their updates. */
export function redshiftChange(configuration: Input<RedshiftDestinationConfiguration>): RedshiftChange {
  const { S3Configuration, S3BackupConfiguration, ...rest } = configuration;
  return { ...rest, S3Update: S3Configuration, S3BackupUpdate: S3BackupConfiguration };
}

/** The settings after a change, merged member by member as AWS does. */
export function mergedRedshift(
  current: RedshiftSettings | undefined,
  change: RedshiftChange,
): RedshiftSettings {
  if (current?.S3BackupMode === "Enabled" && change.S3BackupMode === "Disabled")
    throw invalidArgument("Disabling S3 backup is not currently supported.");
  const roleArn = required("RoleARN", change.RoleARN ?? current?.RoleARN);
  const { S3BackupUpdate: backup } = change;
  return definedOnly<RedshiftSettings>({
    RoleARN: roleArn,
    ClusterJDBCURL: required("ClusterJDBCURL", change.ClusterJDBCURL ?? current?.ClusterJDBCURL),
    CopyCommand: required("CopyCommand", change.CopyCommand ?? current?.CopyCommand),
    Username: required("Username", change.Username ?? current?.Username),
    RetryOptions: {
      DurationInSeconds:
        change.RetryOptions?.DurationInSeconds ?? current?.RetryOptions.DurationInSeconds ?? retrySeconds,
    },
    S3DestinationDescription: mergedSettings(current?.S3DestinationDescription, change.S3Update ?? {}),
    ProcessingConfiguration: mergedProcessing(
      current?.ProcessingConfiguration,
      change.ProcessingConfiguration,
      roleArn,
    ),
    S3BackupMode: change.S3BackupMode ?? current?.S3BackupMode ?? "Disabled",
    S3BackupDescription:
      backup === undefined
        ? current?.S3BackupDescription
        : mergedSettings(current?.S3BackupDescription, backup),
    CloudWatchLoggingOptions: mergedLogging(
      current?.CloudWatchLoggingOptions ?? noLogging,
      change.CloudWatchLoggingOptions,
    ),
    SecretsManagerConfiguration: change.SecretsManagerConfiguration ?? current?.SecretsManagerConfiguration,
  });
}

/** @throws ServiceError InvalidArgumentException */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw invalidArgument(`${name} is required for an Amazon Redshift destination.`);
  return value;
}
