import type {
  DataFormatConversionConfiguration,
  DynamicPartitioningConfiguration,
  ExtendedS3DestinationConfiguration,
  ExtendedS3DestinationUpdate,
  S3BackupMode,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { mergedProcessing, type ProcessingSettings } from "../processing/processing-settings.ts";
import { isConverting, mergedConversion } from "./format-conversion.ts";
import { mergedSettings, type S3Change, type S3Settings } from "./s3-settings.ts";

/** An S3 destination as it is kept and described. Member names are AWS's. */
export interface ExtendedS3Settings extends S3Settings {
  readonly ProcessingConfiguration?: ProcessingSettings | undefined;
  readonly S3BackupMode: S3BackupMode;
  readonly S3BackupDescription?: S3Settings | undefined;
  readonly DataFormatConversionConfiguration?: Input<DataFormatConversionConfiguration> | undefined;
  readonly DynamicPartitioningConfiguration?: Input<DynamicPartitioningConfiguration> | undefined;
  readonly FileExtension?: string | undefined;
  readonly CustomTimeZone?: string | undefined;
}

/** What a client says of an S3 destination, at creation and at updates alike. */
export type ExtendedS3Change = S3Change &
  Omit<Partial<Input<ExtendedS3DestinationUpdate>>, "S3BackupUpdate"> & {
    readonly S3BackupUpdate?: S3Change | undefined;
  };

/** A configuration says of the backup what an update calls its update. */
export function changeOf(configuration: Input<ExtendedS3DestinationConfiguration>): ExtendedS3Change {
  const { S3BackupConfiguration, ...rest } = configuration;
  return {
    ...rest,
    ...(S3BackupConfiguration === undefined ? {} : { S3BackupUpdate: S3BackupConfiguration }),
  };
}

/** AWS's larger default for destinations that convert or partition (recorded in floci's tests). */
const largeHints = { SizeInMBs: 128, IntervalInSeconds: 300 } as const;
const plainHints = { SizeInMBs: 5, IntervalInSeconds: 300 } as const;

/** The settings after a change, merged member by member as AWS does. Nothing is checked but what cannot change. */
export function mergedExtended(
  current: ExtendedS3Settings | undefined,
  change: ExtendedS3Change,
): ExtendedS3Settings {
  checkUnchangeable(current, change);
  const conversion = mergedConversion(
    current?.DataFormatConversionConfiguration,
    change.DataFormatConversionConfiguration,
  );
  const partitioning = change.DynamicPartitioningConfiguration ?? current?.DynamicPartitioningConfiguration;
  const isLarge = isConverting(conversion) || partitioning?.Enabled === true;
  const basic = mergedSettings(current, change, isLarge ? largeHints : plainHints);
  const backup =
    change.S3BackupUpdate === undefined
      ? current?.S3BackupDescription
      : mergedSettings(current?.S3BackupDescription, change.S3BackupUpdate);
  return definedOnly({
    ...basic,
    ProcessingConfiguration: mergedProcessing(
      current?.ProcessingConfiguration,
      change.ProcessingConfiguration,
      basic.RoleARN,
    ),
    S3BackupMode: change.S3BackupMode ?? current?.S3BackupMode ?? "Disabled",
    S3BackupDescription: backup,
    DataFormatConversionConfiguration: conversion,
    DynamicPartitioningConfiguration: partitioning,
    FileExtension: change.FileExtension ?? current?.FileExtension,
    CustomTimeZone: change.CustomTimeZone ?? current?.CustomTimeZone,
  });
}

function checkUnchangeable(current: ExtendedS3Settings | undefined, change: ExtendedS3Change): void {
  if (current === undefined) return;
  if (current.S3BackupMode === "Enabled" && change.S3BackupMode === "Disabled")
    throw invalidArgument("Disabling S3 backup is not currently supported.");
  const was = current.DynamicPartitioningConfiguration?.Enabled === true;
  const will = change.DynamicPartitioningConfiguration?.Enabled ?? was;
  if (will && !was)
    throw invalidArgument("Dynamic Partitioning can only be enabled when a Firehose stream is created.");
  if (was && !will)
    throw invalidArgument("Dynamic Partitioning cannot be disabled once it is enabled on a Firehose stream.");
}

/** Documents have no undefined members: what is described is what a restart would read. */
function definedOnly(settings: ExtendedS3Settings): ExtendedS3Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as unknown as ExtendedS3Settings;
}
