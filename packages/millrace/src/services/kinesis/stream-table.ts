import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { Change, Store } from "../../core/store.ts";
import type { LogStore } from "../../kernels/log/index.ts";
import type { KinesisDependencies, KinesisSettings } from "./dependencies.ts";
import type { ShardDocument, StreamDocument } from "./document.ts";
import { resourceInUse, streamNotFound } from "./errors.ts";
import { finishConsumer, finishStream } from "./lifecycle.ts";
import { horizonMs } from "./record-reader.ts";
import { Shard } from "./shard.ts";
import { openShardLog, retentionMs, shardLogId } from "./shard-log.ts";
import { Stream } from "./stream.ts";
import { ShardThroughput } from "./throughput.ts";

const collection = "streams";
/** How often expired data is looked for. */
const sweepIntervalMs = 60_000;
/** The shortest wait before the end of a state is tried again, after the disk or a log failed. */
const retryMs = 1_000;

/** Told that something about a stream has changed. */
type StreamWatcher = (stream: Stream) => void;

/**
 * The streams of all accounts and regions. Owns their documents, logs and timers: every change of a stream
 * goes through `change`, which makes it durable first and visible afterwards, one change after the other.
 */
export class StreamTable {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #store: Store;
  readonly #logs: LogStore;
  readonly #settings: KinesisSettings;
  readonly #random: () => number;
  readonly #byName = new Map<string, Stream>();
  readonly #byId = new Map<string, Stream>();
  readonly #timers = new Set<Timer>();
  readonly #running = new Set<Promise<void>>();
  readonly #watchers = new Set<StreamWatcher>();
  #closed = false;

  constructor(dependencies: KinesisDependencies) {
    this.#clock = dependencies.clock;
    this.#log = dependencies.log;
    this.#store = dependencies.store;
    this.#logs = dependencies.logs;
    this.#settings = dependencies.settings;
    this.#random = dependencies.random;
  }

  async load(): Promise<void> {
    for (const [, document] of this.#store.all<StreamDocument>(collection)) {
      const stream = this.#enlist(document);
      stream.adopt(document, await this.#shardsOf(stream, document));
      await this.#settle(stream);
    }
    await this.#deleteOrphans();
    // Only now: what finishes opens logs of its own, which are no orphans.
    for (const stream of this.#byName.values()) this.#finishLater(stream);
    this.#scheduleSweep();
  }

  get(account: string, region: string, name: string): Stream | undefined {
    return this.#byName.get(nameKey({ account, region, name }));
  }

  byId(id: string): Stream | undefined {
    return this.#byId.get(id);
  }

  /** The streams of an account in a region, by name. */
  list(account: string, region: string): readonly Stream[] {
    return [...this.#byName.values()]
      .filter(({ document }) => document.account === account && document.region === region)
      .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
  }

  get size(): number {
    return this.#byName.size;
  }

  /** Calls after a stream was made, after its shards or their ends have changed, and after it was removed. */
  watch(watcher: StreamWatcher): Disposable {
    this.#watchers.add(watcher);
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) };
  }

  async create(document: StreamDocument): Promise<Stream> {
    const { account, region, name } = document;
    if (this.get(account, region, name))
      throw resourceInUse(`Stream ${name} under account ${account} already exists.`);
    const stream = this.#enlist(document);
    try {
      await this.#store.commit([this.#changeOf(document)]);
    } catch (error) {
      this.#forget(stream);
      throw error;
    }
    await this.later(() => finishStream(this, stream, this.#clock.now()));
    return stream;
  }

  /**
   * Replaces a stream's document by what `next` makes of it; nothing changes when `next` throws. New shards
   * get their logs before the document names them, and closed ones are sealed after routing has left them.
   */
  change(stream: Stream, next: (document: StreamDocument) => StreamDocument): Promise<void> {
    return stream.changes.run(async () => {
      if (this.#byId.get(stream.document.id) !== stream)
        throw streamNotFound(stream.document.name, stream.document.account);
      const document = next(stream.document);
      const shards = await this.#shardsOf(stream, document);
      await this.#store.commit([this.#changeOf(document)]);
      stream.adopt(document, shards);
      await this.#settle(stream);
      this.#tell(stream);
    });
  }

  #tell(stream: Stream): void {
    for (const watcher of [...this.#watchers]) watcher(stream);
  }

  /** Forgets a stream and its records, after the changes that were asked for before. */
  remove(stream: Stream): Promise<void> {
    return stream.changes.run(async () => {
      const { document } = stream;
      if (this.#byId.get(document.id) !== stream) return;
      await this.#store.commit([{ collection, key: document.id }]);
      this.#forget(stream);
      for (const shard of stream.shards.values()) endSubscriptions(shard);
      this.#tell(stream);
      await Promise.all([...stream.shards.values()].map(({ log }) => this.#logs.delete(log.id)));
    });
  }

  /**
   * Runs the end of a CREATING, UPDATING or DELETING state when its time has come, and again until it
   * succeeds: no failure of the disk leaves a stream in such a state. Where it takes no time it runs at once, and
   * the promise resolves when it was tried: clients that wait for a state look at it right after the answer, and
   * sleep for long if it is another one.
   */
  later(finish: () => Promise<void>, delayMs: number = this.#settings.transitionMs): Promise<void> {
    return this.#after(delayMs, async () => {
      try {
        await finish();
      } catch (error) {
        void this.later(finish, Math.max(delayMs, retryMs));
        throw error;
      }
    });
  }

  /** Starts a change that ends after the transition time, with the stream UPDATING until then. */
  async startUpdate(stream: Stream, next: (document: StreamDocument) => StreamDocument): Promise<void> {
    await this.change(stream, (document) => ({ ...next(document), status: "UPDATING" }));
    await this.later(() => finishStream(this, stream, this.#clock.now()));
  }

  /** Waits for the timed work that has begun. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async reset(): Promise<void> {
    await this.idle();
    await Promise.all([...this.#byName.values()].map((stream) => this.remove(stream)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    for (const stream of this.#byName.values())
      for (const shard of stream.shards.values()) endSubscriptions(shard);
    await this.idle();
    await Promise.allSettled([...this.#byName.values()].map(({ changes }) => changes.settled()));
  }

  /** Deletes what has expired: whole segments, and the logs of closed shards that hold nothing more. */
  async sweep(): Promise<void> {
    for (const stream of [...this.#byName.values()]) {
      try {
        await this.#expire(stream);
      } catch (error) {
        // The next sweep tries again; the other streams need not wait for it.
        this.#log.error({ err: error, stream: stream.arn }, `expiring data failed: ${messageOf(error)}`);
      }
    }
  }

  async #expire(stream: Stream): Promise<void> {
    await stream.changes.run(async () => {
      if (this.#byId.get(stream.document.id) === stream) await this.#settle(stream);
    });
    const expiredBeforeMs = horizonMs(stream.document, this.#clock.now());
    const isExpired = ({ index, expired, closedMs }: ShardDocument): boolean => {
      // The last records arrived while the shard was being closed, so a little after that time.
      const lastMs = stream.shards.get(index)?.log.lastAppendTimeMs ?? 0;
      return !expired && closedMs !== undefined && Math.max(closedMs, lastMs) < expiredBeforeMs;
    };
    const indexes = stream.document.shards.filter(isExpired).map(({ index }) => index);
    if (indexes.length === 0) return;
    const logs = indexes.map((index) => stream.shards.get(index)?.log);
    await this.change(stream, (document) => ({
      ...document,
      shards: document.shards.map((shard) =>
        indexes.includes(shard.index) ? { ...shard, expired: true } : shard,
      ),
    }));
    for (const log of logs) if (log) await this.#logs.delete(log.id);
  }

  /** After a restart: ends the states that the last run left. */
  #finishLater(stream: Stream): void {
    const { status, consumers } = stream.document;
    const delayMs = Math.max(1, this.#settings.transitionMs);
    if (status !== "ACTIVE") void this.later(() => finishStream(this, stream, this.#clock.now()), delayMs);
    for (const consumer of consumers)
      if (consumer.status !== "ACTIVE")
        void this.later(() => finishConsumer(this, stream, consumer), delayMs);
  }

  #enlist(document: StreamDocument): Stream {
    const stream = new Stream(document, this.#settings.throughput);
    this.#byName.set(nameKey(document), stream);
    this.#byId.set(document.id, stream);
    return stream;
  }

  #forget(stream: Stream): void {
    this.#byName.delete(nameKey(stream.document));
    this.#byId.delete(stream.document.id);
  }

  #changeOf(document: StreamDocument): Change {
    return { collection, key: document.id, put: document };
  }

  /** The live shards of a document: those at hand, and the others with their logs opened or created. */
  async #shardsOf(stream: Stream, document: StreamDocument): Promise<Map<number, Shard>> {
    const shards = new Map<number, Shard>();
    // A stream has no logs while it is CREATING.
    if (document.status === "CREATING") return shards;
    for (const shard of document.shards) {
      if (shard.expired) continue;
      const existing = stream.shards.get(shard.index);
      const log = existing?.log ?? (await openShardLog(this.#logs, document, shard));
      shards.set(
        shard.index,
        existing ?? new Shard(shard, log, new ShardThroughput(this.#clock, this.#random)),
      );
    }
    return shards;
  }

  /** After routing has left them, closed shards are sealed; retention reaches the logs. */
  async #settle(stream: Stream): Promise<void> {
    for (const shard of stream.shards.values()) {
      try {
        await this.#settleShard(shard, stream.document);
      } catch (error) {
        // The change is durable and in force. What is left to do is tried again by the next sweep.
        this.#log.error({ err: error, log: shard.log.id }, `settling a log failed: ${messageOf(error)}`);
      }
    }
  }

  async #settleShard(shard: Shard, document: StreamDocument): Promise<void> {
    if (!shard.isOpen && !shard.log.sealed) {
      await shard.log.seal();
      // Those who wait for more now learn that there is none.
      for (const { end } of shard.subscriptions.values()) end.wake();
    }
    await shard.log.setRetention({ maxAgeMs: retentionMs(document) });
  }

  /** Logs that no document names: a crash fell between making them and committing the document. */
  async #deleteOrphans(): Promise<void> {
    const named = new Set<string>();
    for (const { document } of this.#byName.values())
      for (const shard of document.shards) if (!shard.expired) named.add(shardLogId(document, shard));
    for (const id of await this.#logs.list()) {
      if (named.has(id)) continue;
      this.#log.warn({ log: id }, "deleting the log of a shard that was never acknowledged");
      await this.#logs.delete(id);
    }
  }

  #scheduleSweep(): void {
    void this.#after(sweepIntervalMs, async () => {
      await this.sweep();
      this.#scheduleSweep();
    });
  }

  /** Timed work: never overlaps a close, and what it throws is logged. Resolves at its end if it runs at once. */
  async #after(delayMs: number, work: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    if (delayMs === 0) {
      await this.#run(work);
      return;
    }
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      void this.#run(work);
    });
    this.#timers.add(timer);
  }

  #run(work: () => Promise<void>): Promise<void> {
    const running = work().catch((error: unknown) => {
      this.#log.error({ err: error }, `timed work of a stream failed: ${messageOf(error)}`);
    });
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }
}

function nameKey(stream: { account: string; region: string; name: string }): string {
  return `${stream.account}/${stream.region}/${stream.name}`;
}

function endSubscriptions(shard: Shard): void {
  for (const { end } of shard.subscriptions.values()) end.end("stream gone");
  shard.subscriptions.clear();
}
