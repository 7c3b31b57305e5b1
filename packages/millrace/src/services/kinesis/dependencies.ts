import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Store } from "../../core/store.ts";
import type { MetricSink } from "../../core/telemetry.ts";
import type { Permission } from "../../gateway/service.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { LogStore } from "../../kernels/log/index.ts";
import type { ChannelDelivery } from "./channels/channel-parts.ts";
import type { KinesisMeter } from "./meter.ts";
import type { ThroughputMode } from "./throughput.ts";

export interface KinesisSettings {
  /** How long CREATING, UPDATING and DELETING last. */
  readonly transitionMs: number;
  readonly throughput: ThroughputMode;
  readonly shardLimit: number;
}

/** A use of a stream's key on behalf of a caller. */
export interface StreamKeyUse {
  readonly action: "kms:Decrypt" | "kms:GenerateDataKey";
  readonly keyId: string;
  /** Of the stream. */
  readonly owner: { readonly account: string; readonly region: string };
  /** The account of whoever puts or reads. */
  readonly caller: string;
  /** KMS's encryption context. */
  readonly context: Readonly<Record<string, string>>;
}

/** What Kinesis needs of a key service. */
export interface StreamKeys {
  /** Rejects with the KMS error that a client of Kinesis sees when the key cannot be used. */
  check(keyId: string, owner: { readonly account: string; readonly region: string }): Promise<void>;
  /** As `check`, at once: asked by each call that reads or writes an encrypted stream. */
  checkNow(keyId: string, owner: { readonly account: string; readonly region: string }): void;
  /** What the caller must be allowed to do with the key; undefined when there is no such key. */
  permission(use: StreamKeyUse): Permission | undefined;
}

export interface KinesisDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** Control-plane documents. */
  readonly store: Store;
  /** One log a shard. */
  readonly logs: LogStore;
  readonly tokens: PageTokens;
  readonly meter: KinesisMeter;
  readonly keys: StreamKeys;
  /** What delivers channels. */
  readonly channels: ChannelDelivery;
  /** What channels publish. */
  readonly metrics: MetricSink;
  /** 32 bytes, the same at each start; seals shard iterators. */
  readonly iteratorKey: Buffer;
  readonly settings: KinesisSettings;
  /** Uniform in [0, 1): decides about injected faults. */
  readonly random: () => number;
}
