import type {
  BufferingHints,
  CloudWatchLoggingOptions,
  CompressionFormat,
  EncryptionConfiguration,
  S3DestinationUpdate,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import type { BufferHints } from "../../../kernels/delivery/index.ts";
import { invalidArgument } from "../errors.ts";
import { bytesPerMiB } from "../limits.ts";

/**
 * A place in S3 as it is kept and described: what S3 destinations, backups and the staging of other
 * destinations have in common. Member names are AWS's.
 */
export interface S3Settings {
  readonly RoleARN: string;
  readonly BucketARN: string;
  readonly Prefix?: string | undefined;
  readonly ErrorOutputPrefix?: string | undefined;
  readonly BufferingHints: Hints;
  readonly CompressionFormat: CompressionFormat;
  readonly EncryptionConfiguration: Readonly<EncryptionConfiguration>;
  readonly CloudWatchLoggingOptions: LoggingOptions;
}

export interface Hints {
  readonly SizeInMBs: number;
  readonly IntervalInSeconds: number;
}

export type LoggingOptions = Readonly<Omit<CloudWatchLoggingOptions, "Enabled">> & {
  readonly Enabled: boolean;
};

/** What a client says of a place in S3: everything when it makes one, something when it changes one. */
export type S3Change = Partial<Input<S3DestinationUpdate>>;

const noEncryption: EncryptionConfiguration = Object.freeze({ NoEncryptionConfig: "NoEncryption" });
export const noLogging: LoggingOptions = Object.freeze({ Enabled: false });

const defaultHints = { SizeInMBs: 5, IntervalInSeconds: 300 } as const;

/**
 * The settings after a change, member by member as AWS merges them; without `current` the defaults fill in
 * what is not said.
 */
export function mergedSettings(
  current: S3Settings | undefined,
  change: S3Change,
  hints: Hints = defaultHints,
): S3Settings {
  const { RoleARN = current?.RoleARN, BucketARN = current?.BucketARN } = change;
  if (RoleARN === undefined || BucketARN === undefined)
    throw invalidArgument(
      `${RoleARN === undefined ? "RoleARN" : "BucketARN"} is required when the destination becomes Amazon S3.`,
    );
  const prefix = change.Prefix ?? current?.Prefix;
  const errorPrefix = change.ErrorOutputPrefix ?? current?.ErrorOutputPrefix;
  return {
    RoleARN,
    BucketARN,
    ...(prefix === undefined ? {} : { Prefix: prefix }),
    ...(errorPrefix === undefined ? {} : { ErrorOutputPrefix: errorPrefix }),
    BufferingHints: mergedHints(current?.BufferingHints ?? hints, change.BufferingHints),
    CompressionFormat: change.CompressionFormat ?? current?.CompressionFormat ?? "UNCOMPRESSED",
    EncryptionConfiguration:
      change.EncryptionConfiguration ?? current?.EncryptionConfiguration ?? noEncryption,
    CloudWatchLoggingOptions: mergedLogging(
      current?.CloudWatchLoggingOptions ?? noLogging,
      change.CloudWatchLoggingOptions,
    ),
  };
}

/** Clients send members as undefined; those must not replace what is there. */
export function mergedHints(current: Hints, change: BufferingHints | undefined): Hints {
  return {
    SizeInMBs: change?.SizeInMBs ?? current.SizeInMBs,
    IntervalInSeconds: change?.IntervalInSeconds ?? current.IntervalInSeconds,
  };
}

export function mergedLogging(
  current: LoggingOptions,
  change: CloudWatchLoggingOptions | undefined,
): LoggingOptions {
  const group = change?.LogGroupName ?? current.LogGroupName;
  const stream = change?.LogStreamName ?? current.LogStreamName;
  return {
    Enabled: change?.Enabled ?? current.Enabled,
    ...(group === undefined ? {} : { LogGroupName: group }),
    ...(stream === undefined ? {} : { LogStreamName: stream }),
  };
}

/** Without what only extended destinations have: the other half of what DescribeDeliveryStream shows of S3. */
export function basicSettings(settings: S3Settings): S3Settings {
  return mergedSettings(settings, {});
}

export function kernelHints({ BufferingHints: hints }: Pick<S3Settings, "BufferingHints">): BufferHints {
  return {
    maxBytes: hints.SizeInMBs * bytesPerMiB,
    maxAgeMs: hints.IntervalInSeconds * 1_000,
  };
}

/** The name in `arn:aws:s3:::name`. */
export function bucketOf({ BucketARN }: Pick<S3Settings, "BucketARN">): string {
  return BucketARN.slice(BucketARN.lastIndexOf(":") + 1);
}
