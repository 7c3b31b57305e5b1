import { randomUUID } from "node:crypto";
import type {
  CloudWatchLogs,
  CreateChannelInput,
  DeadLetterQueueS3Configuration,
  S3DestinationConfiguration,
} from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Stream } from "../stream.ts";
import { withTags } from "../tags.ts";
import type {
  ChannelDocument,
  DeadLetterDocument,
  LoggingDocument,
  StorageDocument,
} from "./channel-document.ts";
import { defaultLogStream } from "./channel-log.ts";
import { outputTemplate } from "./channel-plan.ts";
import { defaultKeyTemplate } from "./key-template.ts";

type Request = Input<CreateChannelInput>;

/** The stream that a call names: exactly one. @throws ServiceError InvalidArgumentException */
export function requestedStream({
  StreamConfigurationList: list,
}: Request): Request["StreamConfigurationList"][number] {
  const [configuration, second] = list;
  if (configuration === undefined || second !== undefined)
    throw invalidArgument("StreamConfigurationList must have exactly one stream.");
  return configuration;
}

/** What a call asks for, with AWS's defaults. @throws ServiceError InvalidArgumentException */
export function requestedChannel(
  input: Request,
  stream: Stream,
  { account, region }: Call,
  nowMs: number,
): ChannelDocument {
  const destination = requestedDestination(input);
  const format = requestedFormat(input);
  const id = randomUUID();
  const name = input.ChannelName;
  const freshnessSeconds = destination.DataFreshnessInSeconds ?? limits.minFreshnessSeconds;
  checkFreshness(freshnessSeconds);
  const { EncryptionConfiguration: encryption, LoggingConfiguration: logging } = input;
  if (encryption !== undefined) checkKey(encryption.KeyId);
  const storage = storageOf(destination);
  const document: ChannelDocument = {
    ...{ id, name, account, region, format, freshnessSeconds, storage },
    createdMs: nowMs,
    status: "CREATING",
    roleArn: input.ServiceExecutionRoleARN,
    streamArn: stream.arn,
    streamCreatedMs: stream.document.createdMs,
    deadLetters: deadLettersOf(destination.DeadLetterQueueS3Configuration, { id, name, storage }),
    ...(encryption === undefined ? {} : { keyId: encryption.KeyId }),
    logging: mergedLogging({ Enabled: false }, logging?.CloudWatchLogs, { id, name }),
    tags: withTags({}, input.Tags ?? {}, `channel ${name} under account ${account}`),
  };
  outputTemplate(document);
  return document;
}

function requestedDestination(input: Request): Input<S3DestinationConfiguration> {
  const { S3DestinationConfiguration: bucket, S3TablesDestinationConfiguration: tables } = input;
  if ((bucket === undefined) === (tables === undefined))
    throw invalidArgument(
      "Either S3DestinationConfiguration or S3TablesDestinationConfiguration must be specified, but not both.",
    );
  if (bucket !== undefined) return bucket;
  throw tablesNotSupported();
}

export function tablesNotSupported(): Error {
  return invalidArgument(
    "S3TablesDestinationConfiguration is not supported: channels of Millrace deliver to general purpose buckets, " +
      "by S3DestinationConfiguration.",
  );
}

function requestedFormat(input: Request): ChannelDocument["format"] {
  const { RecordFormatType: format, GSRSchemaARN: schema } = requestedStream(input).RecordConfiguration;
  if (format === "GSR_JSON")
    throw invalidArgument("RecordFormatType GSR_JSON is only supported for streaming table destinations.");
  if (schema !== undefined)
    throw invalidArgument("GSRSchemaARN is only supported for streaming table destinations.");
  return format;
}

/** @throws ServiceError InvalidArgumentException */
export function checkFreshness(seconds: number): void {
  if (seconds >= limits.minFreshnessSeconds && seconds <= limits.maxFreshnessSeconds) return;
  throw invalidArgument(
    `DataFreshnessInSeconds must be between ${limits.minFreshnessSeconds} and ${limits.maxFreshnessSeconds}.`,
  );
}

function checkKey(keyId: string): void {
  if (/(^|:)alias\/aws\//.test(keyId))
    throw invalidArgument(`KeyId ${keyId} is an AWS managed key: a channel needs a customer managed key.`);
}

function storageOf({ StorageConfiguration: given }: Input<S3DestinationConfiguration>): StorageDocument {
  return {
    BucketARN: given.BucketARN,
    ExpectedBucketOwner: given.ExpectedBucketOwner,
    OutputKeyTemplate: given.OutputKeyTemplate ?? defaultKeyTemplate,
    StorageClass: given.StorageClass ?? "STANDARD",
    CompressionType: given.CompressionType,
  };
}

type Named = Pick<ChannelDocument, "id" | "name">;

function deadLettersOf(
  given: Input<DeadLetterQueueS3Configuration> | undefined,
  { id, name, storage }: Named & Pick<ChannelDocument, "storage">,
): DeadLetterDocument {
  const { BucketARN, ExpectedBucketOwner } = given ?? storage;
  const ErrorOutputPrefix = given?.ErrorOutputPrefix ?? `kinesis-channel/errors/${name}/${id}/`;
  return { BucketARN, ExpectedBucketOwner, ErrorOutputPrefix };
}

/** Members that a client leaves out stay as they are; those that were never given get AWS's names. */
export function mergedLogging(
  current: LoggingDocument,
  given: Input<CloudWatchLogs> | undefined,
  { id, name }: Named,
): LoggingDocument {
  if (given === undefined) return current;
  const group = given.LogGroupName ?? current.LogGroupName;
  const stream = given.LogStreamName ?? current.LogStreamName;
  if (!given.Enabled)
    return {
      Enabled: false,
      ...(group === undefined ? {} : { LogGroupName: group }),
      ...(stream === undefined ? {} : { LogStreamName: stream }),
    };
  return {
    Enabled: true,
    LogGroupName: group ?? `/aws/kinesis/${name}/${id}`,
    LogStreamName: stream ?? defaultLogStream,
  };
}
