import type { Clock } from "../../core/clock.ts";
import type { FirehoseKeys, FirehoseParts, FirehoseSettings, SourceStreams } from "./dependencies.ts";
import type { FirehoseDependencies } from "./firehose-dependencies.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { FirehoseMeter } from "./meter.ts";
import { StreamTable } from "./stream-table.ts";

/** All that the operations of Data Firehose work on. */
export class FirehoseState {
  readonly clock: Clock;
  readonly settings: FirehoseSettings;
  readonly streams: StreamTable;
  readonly lifecycle: Lifecycle;
  readonly keys: FirehoseKeys;
  readonly sources: SourceStreams;
  readonly meter: FirehoseMeter;
  /** What destinations are made of. */
  readonly parts: FirehoseParts;

  constructor(dependencies: FirehoseDependencies) {
    const { clock, log, store, settings } = dependencies;
    this.clock = clock;
    this.settings = settings;
    this.streams = new StreamTable({ clock, log, store, transitionMs: settings.transitionMs });
    this.lifecycle = new Lifecycle(dependencies, this.streams);
    this.keys = dependencies.keys;
    this.sources = dependencies.streams;
    this.meter = dependencies.meter;
    this.parts = dependencies;
  }

  /** Reads what is kept and goes on delivering. */
  async load(): Promise<void> {
    this.streams.load();
    await this.lifecycle.resume();
  }

  /** Forgets all streams and their records. */
  async reset(): Promise<void> {
    await this.streams.idle();
    for (const stream of [...this.streams.all()]) await this.lifecycle.remove(stream);
  }

  /** What is not delivered stays in the logs. */
  async close(): Promise<void> {
    this.streams.stop();
    await this.lifecycle.close();
    await this.streams.idle();
  }
}
