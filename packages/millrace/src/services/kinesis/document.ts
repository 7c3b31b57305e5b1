import type {
  MetricsName,
  MinimumThroughputBillingCommitmentOutputStatus,
  RecordDistributionStrategy,
  StreamMode,
  StreamStatus,
} from "@aws-sdk/client-kinesis";

/** What is kept of a shard. Its records lie in a log of its own. */
export interface ShardDocument {
  /** Position in the stream, which is the number in its id. Shards are never removed from the list. */
  readonly index: number;
  readonly parent?: number;
  readonly adjacentParent?: number;
  /** Decimal, both ends included. */
  readonly startHashKey: string;
  readonly endHashKey: string;
  /** Part of each sequence number, so a child's is always later than its parents'. */
  readonly createdSeconds: number;
  /** Present once the shard was split or merged: it takes no more records. */
  readonly closedMs?: number;
  /** All its records have expired and its log is gone. */
  readonly expired?: true;
}

export interface ConsumerDocument {
  readonly name: string;
  readonly createdSeconds: number;
  readonly status: "CREATING" | "ACTIVE" | "DELETING";
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string;
}

/** A change of shards that was accepted and is finished when its time has come, also after a restart. */
export type PendingChange =
  | { readonly kind: "split"; readonly shard: number; readonly atHashKey: string }
  | { readonly kind: "merge"; readonly shard: number; readonly adjacent: number }
  | { readonly kind: "count"; readonly target: number }
  | { readonly kind: "settings" };

/** All that is kept of a stream; one document, so that each change is all or nothing. */
export interface StreamDocument {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Unique for ever, also between streams of the same name; names the directories of its logs. */
  readonly id: string;
  readonly createdMs: number;
  readonly status: StreamStatus;
  readonly pending?: PendingChange;
  readonly mode: StreamMode;
  readonly shards: readonly ShardDocument[];
  readonly retentionHours: number;
  /** Records that arrived before this were expired under a shorter retention and stay so. */
  readonly trimmedBeforeMs: number;
  /** The KMS key of new records; absent when they are not encrypted. */
  readonly keyId?: string;
  readonly maxRecordKiB: number;
  readonly warmThroughputMiBps?: number;
  readonly distribution: RecordDistributionStrategy;
  readonly monitoring: readonly MetricsName[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string;
  readonly consumers: readonly ConsumerDocument[];
  /** When the shard count and the mode were changed in the last 24 hours, milliseconds since the epoch. */
  readonly countChangesMs: readonly number[];
  readonly modeChangesMs: readonly number[];
}

export interface AccountSettings {
  readonly status: MinimumThroughputBillingCommitmentOutputStatus;
  readonly startedMs?: number;
  readonly endedMs?: number;
}

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
