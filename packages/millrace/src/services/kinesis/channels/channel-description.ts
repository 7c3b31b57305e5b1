import type { ChannelDescription, ChannelSummary } from "@aws-sdk/client-kinesis";
import type { Channel } from "./channel.ts";

export function describeChannelOf({ arn, document }: Channel): ChannelDescription {
  const { storage, deadLetters, keyId } = document;
  return {
    ...named(arn, document),
    ServiceExecutionRoleARN: document.roleArn,
    StreamConfigurationList: [
      {
        StreamARN: document.streamArn,
        StreamCreationTimestamp: new Date(document.streamCreatedMs),
        RecordConfiguration: { RecordFormatType: document.format },
      },
    ],
    S3DestinationConfiguration: {
      DataFreshnessInSeconds: document.freshnessSeconds,
      DeadLetterQueueS3Configuration: { ...deadLetters },
      StorageConfiguration: { ...storage },
    },
    ...(keyId === undefined ? {} : { EncryptionConfiguration: { EncryptionType: "KMS", KeyId: keyId } }),
    LoggingConfiguration: { CloudWatchLogs: { ...document.logging } },
  };
}

export function summarizeChannel({ arn, document }: Channel): ChannelSummary {
  return {
    ...named(arn, document),
    ChannelDestinationType: "S3",
    Streams: [{ StreamARN: document.streamArn, StreamCreationTimestamp: new Date(document.streamCreatedMs) }],
  };
}

/** What a description and a summary have in common. */
function named(
  arn: string,
  document: Channel["document"],
): Pick<
  ChannelSummary,
  | "ChannelARN"
  | "ChannelCreationTimestamp"
  | "ChannelId"
  | "ChannelName"
  | "ChannelStatus"
  | "ChannelStatusReason"
> {
  return {
    ChannelName: document.name,
    ChannelARN: arn,
    ChannelId: document.id,
    ChannelStatus: document.status,
    ...(document.failure === undefined ? {} : { ChannelStatusReason: document.failure }),
    ChannelCreationTimestamp: new Date(document.createdMs),
  };
}
