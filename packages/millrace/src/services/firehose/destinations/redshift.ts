import type { RedshiftDestinationDescription } from "@aws-sdk/client-firehose";
import { checkSecretsManager } from "../endpoints/endpoint-settings.ts";
import { redshiftPlan } from "../endpoints/redshift-plan.ts";
import {
  mergedRedshift,
  type RedshiftChange,
  type RedshiftSettings,
  required,
} from "../endpoints/redshift-settings.ts";
import { openedSecret, sealedSecret } from "../endpoints/sealed-secret.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { checkProcessing } from "../processing/processing-check.ts";
import { processorRoles } from "../processing/processing-settings.ts";
import { checkLogging, checkRole, checkSettings } from "../s3/settings-check.ts";
import type { DestinationKind, DestinationRequest } from "./destination.ts";

export interface RedshiftDocument {
  readonly kind: "redshift";
  readonly settings: RedshiftSettings;
  readonly sealedPassword: string;
}

export const redshift: DestinationKind<RedshiftChange, RedshiftDocument> = {
  async changed(current, change, request) {
    if (request.parts.warehouse === undefined)
      throw notSupported(
        "Amazon Redshift destinations are not supported: there is no warehouse that could run COPY.",
      );
    const settings = mergedRedshift(current?.settings, change);
    await check(settings, request);
    return { kind: "redshift", settings, sealedPassword: changedPassword(current, change, request) };
  },

  describe: ({ settings }) => ({
    // The SDK's type has lists that may be changed; what is answered is only written.
    RedshiftDestinationDescription: settings as unknown as RedshiftDestinationDescription,
  }),

  roles: (change) =>
    [
      change.RoleARN,
      change.S3Update?.RoleARN,
      change.S3BackupUpdate?.RoleARN,
      ...processorRoles(change.ProcessingConfiguration),
    ].filter((role) => role !== undefined),

  errorLog({ settings }, consumer) {
    const { S3BackupDescription: backup } = settings;
    if (consumer === "backup" && backup !== undefined)
      return { options: backup.CloudWatchLoggingOptions, destination: backup.BucketARN };
    return { options: settings.CloudWatchLoggingOptions, destination: settings.ClusterJDBCURL };
  },

  metricPrefix: (consumer) => (consumer === "backup" ? "BackupToS3" : "DeliveryToRedshift"),

  async plan({ settings, sealedPassword }, stream, parts) {
    const place = { master: parts.master, streamArn: stream.arn, member: "Password" };
    return redshiftPlan(settings, openedSecret(sealedPassword, place), stream, parts);
  },
};

async function check(settings: RedshiftSettings, request: DestinationRequest): Promise<void> {
  const { S3DestinationDescription: staging, S3BackupDescription: backup } = settings;
  checkSecretsManager(settings.SecretsManagerConfiguration);
  checkLogging(settings.CloudWatchLoggingOptions);
  if (staging.CompressionFormat !== "UNCOMPRESSED" && staging.CompressionFormat !== "GZIP")
    throw invalidArgument(
      `The compression format ${staging.CompressionFormat} is not supported for Amazon Redshift: its COPY command reads UNCOMPRESSED and GZIP.`,
    );
  if (settings.S3BackupMode === "Enabled" && backup === undefined)
    throw invalidArgument("S3 backup destination configuration is required when enabling S3 backup.");
  await checkProcessing(settings.ProcessingConfiguration, request);
  await checkSettings(staging, request, { expressions: false });
  if (backup !== undefined) await checkSettings(backup, request);
  checkRole(settings.RoleARN, request);
}

function changedPassword(
  current: RedshiftDocument | undefined,
  { Password: password }: RedshiftChange,
  { parts, stream }: DestinationRequest,
): string {
  const place = { master: parts.master, streamArn: stream.arn, member: "Password" };
  if (password !== undefined) return sealedSecret(password, current?.sealedPassword, place);
  return required("Password", current?.sealedPassword);
}
