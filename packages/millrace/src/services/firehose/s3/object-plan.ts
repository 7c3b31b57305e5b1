import {
  type BatchEncoder,
  type BatchIdentity,
  type ErrorOutput,
  extensionOf,
  ObjectSink,
  objectKey,
  type Prefix,
} from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import type { PlannedStream } from "../destinations/destination.ts";
import { errorLine } from "./error-line.ts";
import { bucketOf, kernelHints, type S3Settings } from "./s3-settings.ts";
import { firehoseService } from "./settings-check.ts";

/** How the objects of a place are called. */
export interface ObjectNames {
  readonly prefix: Prefix;
  readonly extension: string;
  readonly timeZone?: string | undefined;
}

/** Writes objects into a place, under the names that AWS would give them. */
export function objectSink(
  place: S3Settings,
  names: ObjectNames,
  stream: PlannedStream,
  parts: Pick<FirehoseParts, "places">,
): ObjectSink {
  const naming = { ...names, streamName: stream.name, version: String(stream.version) };
  return new ObjectSink({
    target: parts.places,
    writer: {
      bucket: bucketOf(place),
      roleArn: place.RoleARN,
      kmsKeyArn: place.EncryptionConfiguration.KMSEncryptionConfig?.AWSKMSKeyARN,
      service: firehoseService,
      sourceArn: stream.arn,
    },
    keyOf: (identity) => objectKey(identity, naming),
  });
}

/** Records one after another, compressed as the place says. */
export function byteEncoder(
  place: S3Settings,
  { encoders }: Pick<FirehoseParts, "encoders">,
): (identity: BatchIdentity) => BatchEncoder {
  return () => encoders.bytes(place.CompressionFormat);
}

export function byteExtension(place: S3Settings, fileExtension?: string): string {
  return extensionOf({ fileExtension, compression: place.CompressionFormat });
}

/** Where a place's failed records go: plain lines of JSON, whatever the compression of the others. */
export function errorOutput(
  place: S3Settings,
  names: Omit<ObjectNames, "extension">,
  stream: PlannedStream,
  parts: FirehoseParts,
  deliveryFailedType: string = "s3-failed",
): ErrorOutput {
  return {
    hints: kernelHints(place),
    sink: objectSink(place, { ...names, extension: "" }, stream, parts),
    format: errorLine,
    encoder: () => parts.encoders.bytes("UNCOMPRESSED"),
    deliveryFailedType,
  };
}
