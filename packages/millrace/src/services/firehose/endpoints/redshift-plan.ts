import { assert } from "../../../core/assert.ts";
import { type BatchIdentity, objectKey, type PipelinePlan } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import type { PlannedStream } from "../destinations/destination.ts";
import { processorsOf } from "../processing/processor-chain.ts";
import { byteEncoder, byteExtension, errorOutput, objectSink } from "../s3/object-plan.ts";
import { backupConsumer } from "../s3/s3-plan.ts";
import { bucketOf, kernelHints, type S3Settings } from "../s3/s3-settings.ts";
import { compiledPrefixes, firehoseService } from "../s3/settings-check.ts";
import { copyStatement } from "./copy-statement.ts";
import type { RedshiftSettings } from "./redshift-settings.ts";
import { RedshiftSink } from "./redshift-sink.ts";

/** What the delivery kernel does for Amazon Redshift. */
export function redshiftPlan(
  settings: RedshiftSettings,
  password: string,
  stream: PlannedStream,
  parts: FirehoseParts,
): PipelinePlan {
  const { S3DestinationDescription: place, S3BackupMode: mode, S3BackupDescription: backup } = settings;
  const { errors: prefix } = compiledPrefixes(place, { expressions: false });
  const destination = {
    name: "destination",
    processors: processorsOf(settings.ProcessingConfiguration, stream, parts),
    hints: kernelHints(place),
    sink: redshiftSink(settings, password, stream, parts),
    encoder: byteEncoder(place, parts),
    errors: errorOutput(place, { prefix }, stream, parts, "redshift-failed"),
  };
  if (mode !== "Enabled" || backup === undefined) return { consumers: [destination] };
  return { consumers: [destination, backupConsumer(backup, stream, parts)] };
}

function redshiftSink(
  settings: RedshiftSettings,
  password: string,
  stream: PlannedStream,
  parts: FirehoseParts,
): RedshiftSink {
  const { places, warehouse, clock } = parts;
  assert(warehouse !== undefined, "without a warehouse no such destination is made");
  const { S3DestinationDescription: place, RoleARN: roleArn } = settings;
  const extension = byteExtension(place);
  const { output } = compiledPrefixes(place, { expressions: false });
  const isGzip = place.CompressionFormat === "GZIP";
  return new RedshiftSink({
    staging: objectSink(place, { prefix: output, extension }, stream, parts),
    stagedKeyOf: keysBelow(place, "", extension, stream),
    manifestKeyOf: keysBelow(place, "manifests/", "", stream),
    errorManifestKeyOf: keysBelow(place, "errors/manifests/", "", stream),
    places,
    writer: {
      bucket: bucketOf(place),
      roleArn: place.RoleARN,
      kmsKeyArn: place.EncryptionConfiguration.KMSEncryptionConfig?.AWSKMSKeyARN,
      service: firehoseService,
      sourceArn: stream.arn,
    },
    warehouse,
    copyOf: (manifest) => ({
      clusterJdbcUrl: settings.ClusterJDBCURL,
      username: settings.Username,
      password,
      statement: copyStatement(settings.CopyCommand, { manifest, roleArn, isGzip }),
    }),
    retryMs: settings.RetryOptions.DurationInSeconds * 1_000,
    clock,
  });
}

/** Keys of a batch's objects: `<prefix><folder>yyyy/MM/dd/HH/<name>`, with one name for all of them. */
function keysBelow(
  place: S3Settings,
  folder: string,
  extension: string,
  stream: PlannedStream,
): (identity: BatchIdentity) => string {
  const below = { ...place, Prefix: `${place.Prefix ?? ""}${folder}` };
  const { output: prefix } = compiledPrefixes(below, { expressions: false });
  const naming = { prefix, extension, streamName: stream.name, version: String(stream.version) };
  return (identity) => objectKey(identity, naming);
}
