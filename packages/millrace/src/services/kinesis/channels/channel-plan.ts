import type { Clock } from "../../../core/clock.ts";
import { seededUuid } from "../../../core/seeded-uuid.ts";
import {
  type BatchIdentity,
  type Compression,
  type FailedRecord,
  ObjectSink,
  type ObjectWriter,
  type PipelinePlan,
} from "../../../kernels/delivery/index.ts";
import { channelArn, parseStreamArn } from "../arn.ts";
import type { ChannelDocument } from "./channel-document.ts";
import { type ChannelParts, kinesisService } from "./channel-parts.ts";
import { KeyTemplate } from "./key-template.ts";
import { RecordFormat } from "./record-format.ts";

/** An object is closed when it has so many bytes of records, or is as old as the channel's freshness says. */
const maxObjectBytes = 128 * 1024 * 1024;
/** Replaces the freshness of a channel: from 0 to 900 seconds, so that nobody has to wait for AWS's 300. */
const freshnessTag = "millrace:data-freshness-seconds";
const maxTaggedSeconds = 900;

/** Below the prefix of the dead letters; AWS does not say how it calls these objects. */
const deadLetterName =
  "!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension:.json}";

const compressions: Readonly<Record<ChannelDocument["storage"]["CompressionType"], Compression>> = {
  NONE: "UNCOMPRESSED",
  GZIP: "GZIP",
  ZSTD: "ZSTD",
};
const extensions: Readonly<Record<ChannelDocument["storage"]["CompressionType"], string>> = {
  NONE: "",
  GZIP: ".gz",
  ZSTD: ".zst",
};

/** What the delivery kernel does for a channel. */
export function channelPlan(
  document: ChannelDocument,
  { encoders, places }: Pick<ChannelParts, "encoders" | "places">,
  clock: Clock,
): PipelinePlan {
  const hints = { maxBytes: maxObjectBytes, maxAgeMs: freshnessMs(document) };
  const sink = (writer: ObjectWriter, prefix: string, template: KeyTemplate): ObjectSink =>
    new ObjectSink({ target: places, writer, keyOf: (identity) => prefix + keyOf(identity, template) });
  return {
    consumers: [
      {
        name: "destination",
        processors: [new RecordFormat(document.format, clock)],
        hints,
        sink: sink(destinationWriter(document), "", outputTemplate(document)),
        encoder: () => encoders.bytes(compressions[document.storage.CompressionType]),
        errors: {
          hints,
          sink: sink(
            deadLetterWriter(document),
            document.deadLetters.ErrorOutputPrefix,
            new KeyTemplate(deadLetterName, namesOf(document, "")),
          ),
          format: (failed) => deadLetter(document, failed),
          encoder: () => encoders.bytes("UNCOMPRESSED"),
          deliveryFailedType: "s3-failed",
        },
      },
    ],
  };
}

function freshnessMs({ tags, freshnessSeconds }: ChannelDocument): number {
  const tag = tags[freshnessTag];
  const seconds = tag === undefined || !/^\d{1,3}$/.test(tag) ? Number.NaN : Number(tag);
  return 1_000 * (seconds <= maxTaggedSeconds ? seconds : freshnessSeconds);
}

export function destinationWriter(document: ChannelDocument): ObjectWriter {
  const { storage } = document;
  return { ...writer(document, storage), storageClass: storage.StorageClass };
}

export function deadLetterWriter(document: ChannelDocument): ObjectWriter {
  return writer(document, document.deadLetters);
}

function writer(
  document: ChannelDocument,
  place: { readonly BucketARN: string; readonly ExpectedBucketOwner: string },
): ObjectWriter {
  return {
    bucket: bucketOf(place.BucketARN),
    expectedOwner: place.ExpectedBucketOwner,
    roleArn: document.roleArn,
    kmsKeyArn: document.keyId,
    service: kinesisService,
    sourceArn: channelArn(document),
  };
}

/** The name in `arn:aws:s3:::name`. */
export function bucketOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}

/** @throws ServiceError InvalidArgumentException */
export function outputTemplate(
  document: Pick<ChannelDocument, "id" | "name" | "streamArn" | "storage">,
): KeyTemplate {
  const { OutputKeyTemplate, CompressionType } = document.storage;
  return new KeyTemplate(OutputKeyTemplate, namesOf(document, extensions[CompressionType]));
}

function namesOf(
  { id, name, streamArn }: Pick<ChannelDocument, "id" | "name" | "streamArn">,
  extension: string,
): ConstructorParameters<typeof KeyTemplate>[1] {
  const { stream } = parseStreamArn(streamArn);
  return { "channel-name": name, "channel-id": id, "stream-name": stream, extension };
}

/** The same for the same batch, so that one that is delivered again replaces its own object. */
function keyOf(identity: BatchIdentity, template: KeyTemplate): string {
  const { scope, partition, firstOffset, firstArrivalTimeMs: timeMs } = identity;
  const seed = [scope, partition.id, partition.errorOutputType ?? "", firstOffset, timeMs].join("\n");
  return template.expand(timeMs, `-${seededUuid(seed)}`);
}

/** One line: where the record is, and what is wrong with it. As on AWS its data is left in the stream. */
function deadLetter({ streamArn }: ChannelDocument, failed: FailedRecord): Buffer {
  const { record, errorCode, errorMessage } = failed;
  const line = {
    streamARN: streamArn,
    shardId: record.origin?.shardId,
    sequenceNumber: record.origin?.sequenceNumber,
    partitionKey: record.origin?.partitionKey,
    approximateArrivalTimestamp: record.arrivalTimeMs,
    errorCode,
    errorMessage,
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}
