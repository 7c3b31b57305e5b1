import type {
  BufferingHints,
  CloudWatchLoggingOptions,
  SecretsManagerConfiguration,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import type { DestinationRequest } from "../destinations/destination.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { checkProcessing } from "../processing/processing-check.ts";
import {
  mergedProcessing,
  type ProcessingChange,
  type ProcessingSettings,
  processorRoles,
} from "../processing/processing-settings.ts";
import {
  type Hints,
  type LoggingOptions,
  mergedHints,
  mergedLogging,
  mergedSettings,
  noLogging,
  type S3Change,
  type S3Settings,
} from "../s3/s3-settings.ts";
import { checkLogging, checkSettings } from "../s3/settings-check.ts";

/** What destinations that are not S3 have in common, as it is kept and described. Member names are AWS's. */
export interface EndpointSettings {
  readonly BufferingHints: Hints;
  readonly RetryOptions: { readonly DurationInSeconds: number };
  readonly S3BackupMode: string;
  /** Where the failed records go, and all of them if the backup mode says so. */
  readonly S3DestinationDescription: S3Settings;
  readonly ProcessingConfiguration?: ProcessingSettings | undefined;
  readonly CloudWatchLoggingOptions: LoggingOptions;
}

/** What a client says of them: everything at creation, something in an update. */
export interface EndpointChange {
  readonly BufferingHints?: BufferingHints | undefined;
  readonly RetryOptions?: { readonly DurationInSeconds?: number | undefined } | undefined;
  readonly S3BackupMode?: string | undefined;
  readonly S3Update?: S3Change | undefined;
  readonly ProcessingConfiguration?: ProcessingChange | undefined;
  readonly CloudWatchLoggingOptions?: CloudWatchLoggingOptions | undefined;
}

export interface EndpointDefaults {
  readonly hints: Hints;
  readonly retrySeconds: number;
  /** Of the two backup modes. */
  readonly failedOnly: string;
}

/** A configuration calls the place in S3 what an update calls its update. */
export function changeOf<Configuration extends { readonly S3Configuration: S3Change }>(
  configuration: Configuration,
): Omit<Configuration, "S3Configuration"> & { readonly S3Update: S3Change } {
  const { S3Configuration, ...rest } = configuration;
  return { ...rest, S3Update: S3Configuration };
}

/** The settings after a change, merged member by member as AWS does. */
export function mergedEndpoint(
  current: EndpointSettings | undefined,
  change: EndpointChange,
  defaults: EndpointDefaults,
  roleArn?: string,
): EndpointSettings {
  const place = mergedSettings(current?.S3DestinationDescription, change.S3Update ?? {});
  const mode = change.S3BackupMode ?? current?.S3BackupMode ?? defaults.failedOnly;
  if (current !== undefined && mode === defaults.failedOnly && current.S3BackupMode !== mode)
    throw invalidArgument(`S3BackupMode cannot be changed from ${current.S3BackupMode} to ${mode}.`);
  const processing = mergedProcessing(
    current?.ProcessingConfiguration,
    change.ProcessingConfiguration,
    roleArn ?? place.RoleARN,
  );
  return {
    BufferingHints: mergedHints(current?.BufferingHints ?? defaults.hints, change.BufferingHints),
    RetryOptions: {
      DurationInSeconds:
        change.RetryOptions?.DurationInSeconds ??
        current?.RetryOptions.DurationInSeconds ??
        defaults.retrySeconds,
    },
    S3BackupMode: mode,
    S3DestinationDescription: place,
    ...(processing === undefined ? {} : { ProcessingConfiguration: processing }),
    CloudWatchLoggingOptions: mergedLogging(
      current?.CloudWatchLoggingOptions ?? noLogging,
      change.CloudWatchLoggingOptions,
    ),
  };
}

/** @throws ServiceError InvalidArgumentException */
export async function checkEndpoint(settings: EndpointSettings, request: DestinationRequest): Promise<void> {
  checkLogging(settings.CloudWatchLoggingOptions);
  await checkProcessing(settings.ProcessingConfiguration, request);
  await checkSettings(settings.S3DestinationDescription, request);
}

/** Roles that the common part of a change names. */
export function endpointRoles(change: EndpointChange): readonly (string | undefined)[] {
  return [change.S3Update?.RoleARN, ...processorRoles(change.ProcessingConfiguration)];
}

/** @throws ServiceError InvalidArgumentException: secrets come with the destination itself. */
export function checkSecretsManager(secrets: Input<SecretsManagerConfiguration> | undefined): void {
  if (secrets?.Enabled !== true) return;
  throw notSupported(
    "SecretsManagerConfiguration is not supported: Millrace has no Secrets Manager. Give the secret in the destination's own configuration.",
  );
}

/** Documents have no undefined members: what is described is what a restart would read. */
export function definedOnly<Settings extends object>(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Settings;
}
