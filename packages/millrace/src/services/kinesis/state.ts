import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Store } from "../../core/store.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { LogStore } from "../../kernels/log/log-store.ts";
import { AccountTable } from "./account-table.ts";
import type { KinesisMeter } from "./meter.ts";
import { ShardIterators } from "./shard-iterator.ts";
import { StreamTable } from "./stream-table.ts";
import type { ThroughputMode } from "./throughput.ts";

export interface KinesisSettings {
  /** How long CREATING, UPDATING and DELETING last. */
  readonly transitionMs: number;
  readonly throughput: ThroughputMode;
  readonly shardLimit: number;
}

/** What Kinesis needs of a key service. */
export interface StreamKeys {
  /** Rejects with the KMS error that a client of Kinesis sees when the key cannot be used. */
  check(keyId: string, owner: { readonly account: string; readonly region: string }): Promise<void>;
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
  /** 32 bytes, the same at each start; seals shard iterators. */
  readonly iteratorKey: Buffer;
  readonly settings: KinesisSettings;
  /** Uniform in [0, 1): decides about injected faults. */
  readonly random: () => number;
}

/** All that the operations of Kinesis work on. */
export class KinesisState {
  readonly clock: Clock;
  readonly settings: KinesisSettings;
  readonly streams: StreamTable;
  readonly accounts: AccountTable;
  readonly iterators: ShardIterators;
  readonly tokens: PageTokens;
  readonly meter: KinesisMeter;
  readonly keys: StreamKeys;

  constructor(dependencies: KinesisDependencies) {
    this.clock = dependencies.clock;
    this.settings = dependencies.settings;
    this.streams = new StreamTable(dependencies);
    this.accounts = new AccountTable(dependencies.store, dependencies.clock);
    this.iterators = new ShardIterators(dependencies.iteratorKey);
    this.tokens = dependencies.tokens;
    this.meter = dependencies.meter;
    this.keys = dependencies.keys;
  }

  /** Reads what is kept and finishes what was under way. */
  async load(): Promise<void> {
    this.accounts.load();
    await this.streams.load();
  }

  async reset(): Promise<void> {
    await this.streams.reset();
    await this.accounts.reset();
  }
}
