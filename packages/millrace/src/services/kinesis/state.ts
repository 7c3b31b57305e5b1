import type { Clock } from "../../core/clock.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { AccountTable } from "./account-table.ts";
import { ChannelLifecycle } from "./channels/channel-lifecycle.ts";
import { ChannelTable } from "./channels/channel-table.ts";
import type { KinesisDependencies, KinesisSettings, StreamKeys } from "./dependencies.ts";
import type { KinesisMeter } from "./meter.ts";
import { ShardIterators } from "./shard-iterator.ts";
import { StreamTable } from "./stream-table.ts";

export type { StreamKeys, StreamKeyUse } from "./dependencies.ts";

/** All that the operations of Kinesis work on. */
export class KinesisState {
  readonly clock: Clock;
  readonly settings: KinesisSettings;
  readonly streams: StreamTable;
  readonly accounts: AccountTable;
  readonly channels: ChannelTable;
  readonly channelLifecycle: ChannelLifecycle;
  readonly iterators: ShardIterators;
  readonly tokens: PageTokens;
  readonly meter: KinesisMeter;
  readonly keys: StreamKeys;

  constructor(dependencies: KinesisDependencies) {
    this.clock = dependencies.clock;
    this.settings = dependencies.settings;
    this.streams = new StreamTable(dependencies);
    this.accounts = new AccountTable(dependencies.store, dependencies.clock);
    this.channels = new ChannelTable(dependencies.store);
    this.channelLifecycle = new ChannelLifecycle({
      clock: dependencies.clock,
      log: dependencies.log,
      metrics: dependencies.metrics,
      delivery: dependencies.channels,
      streams: this.streams,
      channels: this.channels,
    });
    this.iterators = new ShardIterators(dependencies.iteratorKey);
    this.tokens = dependencies.tokens;
    this.meter = dependencies.meter;
    this.keys = dependencies.keys;
  }

  /** Reads what is kept and finishes what was under way. */
  async load(): Promise<void> {
    this.accounts.load();
    await this.streams.load();
    this.channels.load();
    await this.channelLifecycle.resume();
  }

  async reset(): Promise<void> {
    await this.streams.idle();
    for (const channel of [...this.channels.all()]) await this.channelLifecycle.remove(channel);
    await this.streams.reset();
    await this.accounts.reset();
  }
}
