import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { checkProcessing } from "../processing/processing-check.ts";
import { processorRoles } from "../processing/processing-settings.ts";
import { type ExtendedS3Change, type ExtendedS3Settings, mergedExtended } from "../s3/extended-settings.ts";
import { checkFormatConversion, checkTable } from "../s3/format-conversion.ts";
import { s3Plan } from "../s3/s3-plan.ts";
import { basicSettings } from "../s3/s3-settings.ts";
import { checkedPrefixes, checkPlace, checkSettings } from "../s3/settings-check.ts";
import type { DestinationKind, DestinationRequest } from "./destination.ts";

export interface S3Document {
  readonly kind: "s3";
  readonly settings: ExtendedS3Settings;
}

/** Amazon S3, with everything that only S3 destinations have. */
export const s3: DestinationKind<ExtendedS3Change, S3Document> = {
  async changed(current, change, request) {
    const settings = mergedExtended(current?.settings, change);
    await check(settings, request);
    return { kind: "s3", settings };
  },

  describe({ settings }) {
    return {
      S3DestinationDescription: basicSettings(settings),
      ExtendedS3DestinationDescription: describedExtended(settings),
    };
  },

  roles: (change) =>
    [
      change.RoleARN,
      change.S3BackupUpdate?.RoleARN,
      change.DataFormatConversionConfiguration?.SchemaConfiguration?.RoleARN,
      ...processorRoles(change.ProcessingConfiguration),
    ].filter((role) => role !== undefined),

  errorLog({ settings }, consumer) {
    const place = consumer === "backup" ? (settings.S3BackupDescription ?? settings) : settings;
    return { options: place.CloudWatchLoggingOptions, destination: place.BucketARN };
  },

  metricPrefix: (consumer) => (consumer === "backup" ? "BackupToS3" : "DeliveryToS3"),

  plan: s3Plan,
};

/** The SDK's type has lists that may be changed; what is answered is only written. */
function describedExtended(settings: ExtendedS3Settings): ExtendedDescription {
  return settings as unknown as ExtendedDescription;
}

type ExtendedDescription = NonNullable<
  ReturnType<DestinationKind<never, never>["describe"]>["ExtendedS3DestinationDescription"]
>;

async function check(settings: ExtendedS3Settings, request: DestinationRequest): Promise<void> {
  const partitioning = settings.DynamicPartitioningConfiguration?.Enabled === true;
  checkBackup(settings);
  checkFormatConversion(settings);
  if (partitioning && settings.BufferingHints.SizeInMBs < limits.minLargeBufferMBs)
    throw invalidArgument(
      `BufferingHints.SizeInMBs must be at least ${limits.minLargeBufferMBs} when Dynamic Partitioning is enabled.`,
    );
  if (partitioning && settings.BufferingHints.IntervalInSeconds === 0)
    throw invalidArgument("Zero buffering is not supported when Dynamic Partitioning is enabled.");
  const extras = { timeZone: settings.CustomTimeZone, dynamicPartitioning: partitioning };
  const { output } = checkedPrefixes(settings, extras);
  await checkProcessing(settings.ProcessingConfiguration, request, { dynamic: partitioning, prefix: output });
  await checkTable(settings, request);
  await checkPlace(settings, request);
  if (settings.S3BackupDescription !== undefined) await checkSettings(settings.S3BackupDescription, request);
}

function checkBackup({ S3BackupMode: mode, S3BackupDescription: backup }: ExtendedS3Settings): void {
  if (mode === "Enabled" && backup === undefined)
    throw invalidArgument("S3 backup destination configuration is required when enabling S3 backup.");
}
