import type { RecordFormatType, S3CompressionType, S3StorageClass } from "@aws-sdk/client-kinesis";

/** Where records go; member names are AWS's, and what a client did not say is filled in. */
export interface StorageDocument {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly OutputKeyTemplate: string;
  readonly StorageClass: S3StorageClass;
  readonly CompressionType: S3CompressionType;
}

/** Where records go that are not what the channel's record format says. */
export interface DeadLetterDocument {
  readonly BucketARN: string;
  readonly ExpectedBucketOwner: string;
  readonly ErrorOutputPrefix: string;
}

export interface LoggingDocument {
  readonly Enabled: boolean;
  readonly LogGroupName?: string;
  readonly LogStreamName?: string;
}

/** All that is kept of a channel; one document, so that each change is all or nothing. */
export interface ChannelDocument {
  /** Unique for ever: part of its ARN, and the name of what the delivery kernel keeps. */
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdMs: number;
  readonly status: "CREATING" | "ACTIVE" | "UPDATING" | "DELETING" | "FAILED";
  readonly failure?: string;
  /** When it became ACTIVE: records that were put before are not delivered. */
  readonly startMs?: number;
  readonly roleArn: string;
  readonly streamArn: string;
  readonly streamCreatedMs: number;
  readonly format: Exclude<RecordFormatType, "GSR_JSON">;
  readonly freshnessSeconds: number;
  readonly storage: StorageDocument;
  readonly deadLetters: DeadLetterDocument;
  /** As the client has named it. */
  readonly keyId?: string;
  readonly logging: LoggingDocument;
  readonly tags: Readonly<Record<string, string>>;
}
