import type { Clock } from "../../../core/clock.ts";
import { RecentMap } from "../../../core/traffic/recent-map.ts";
import { type TrafficFigures, TrafficRing } from "../../../core/traffic/traffic-ring.ts";
import { type Log, toOffset } from "../../../kernels/log/index.ts";
import { consumerArn } from "../arn.ts";
import { limits } from "../limits.ts";
import { parseSequenceNumber, sequenceNumberAt } from "../sequence-number.ts";
import type { Shard } from "../shard.ts";
import type { Stream } from "../stream.ts";
import type { AboutConsumer, ConsumerTraffic } from "./consumer-traffic.ts";

export interface ShardUse {
  readonly shard: string;
  readonly isOpen: boolean;
  readonly in: TrafficFigures;
  readonly out: TrafficFigures;
  /** Records that can be read now, and about how much they take on disk. */
  readonly records: number;
  readonly bytes: number;
}

/** How far a reader is behind in a shard. */
export interface Lag {
  readonly shard: string;
  readonly behindRecords: number;
  /** About. */
  readonly behindBytes: number;
  /** How long the oldest record that it has not read has been there; 0 when it has read all. */
  readonly lagMs: number;
}

export interface ShardLag extends Lag {
  /** When it read last; undefined when it never has since this Millrace runs. */
  readonly lastMs: number | undefined;
  readonly recordsPerSecond: number;
}

export interface ConsumerUse {
  readonly about: AboutConsumer;
  readonly lastMs: number | undefined;
  readonly traffic: TrafficFigures;
  readonly history: readonly number[];
  readonly shards: readonly ShardLag[];
}

/** A registered consumer that nobody has read as, since this Millrace runs. */
export interface IdleConsumer {
  readonly name: string;
  readonly arn: string;
}

/** AWS's limits of one shard, a second. */
export const shardLimits: Readonly<ShardLimits> = Object.freeze({
  writeBytesPerSecond: limits.shardWriteBytesPerSecond,
  writeRecordsPerSecond: limits.shardWriteRecordsPerSecond,
  readBytesPerSecond: limits.shardReadBytesPerSecond,
  readsPerSecond: limits.shardReadsPerSecond,
});

interface ShardLimits {
  readonly writeBytesPerSecond: number;
  readonly writeRecordsPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly readsPerSecond: number;
}

const nothing = new TrafficRing();
/** Append times that are remembered: a consumer that stands still asks about the same record each time. */
const maxKnownTimes = 10_000;

/** Answers how a stream is used: rates from counters, and lag from the logs. */
export class StreamFigures {
  readonly #clock: Clock;
  readonly #times = new RecentMap<string, number>(maxKnownTimes);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  shards(stream: Stream): readonly ShardUse[] {
    const nowMs = this.#clock.now();
    return [...stream.shards.values()].map(({ id, identity, isOpen, log }) => {
      const traffic = stream.traffic?.knownShard(identity.index);
      return {
        shard: id,
        isOpen,
        in: (traffic?.in ?? nothing).figures(nowMs),
        out: (traffic?.out ?? nothing).figures(nowMs),
        records: log.durableOffset - log.firstOffset,
        bytes: log.info.bytes,
      };
    });
  }

  /** Those that have read since this Millrace runs, or whose registration is there. */
  async consumers(stream: Stream): Promise<readonly ConsumerUse[]> {
    stream.traffic?.keep(stream.shards);
    const registered = new Set(registeredConsumers(stream).map(({ arn }) => arn));
    const consumers = [...(stream.traffic?.consumers() ?? [])].filter(
      ({ about }) => about.kind !== "fan-out" || registered.has(about.arn),
    );
    return Promise.all(consumers.map((consumer) => this.#consumer(stream, consumer)));
  }

  /** Registered consumers that nobody has read as. */
  idle(stream: Stream): readonly IdleConsumer[] {
    const seen = new Set<string>();
    for (const { about } of stream.traffic?.consumers() ?? [])
      if (about.kind === "fan-out") seen.add(about.arn);
    return registeredConsumers(stream).filter(({ arn }) => !seen.has(arn));
  }

  async #consumer(stream: Stream, consumer: ConsumerTraffic): Promise<ConsumerUse> {
    const nowMs = this.#clock.now();
    const shards: ShardLag[] = [];
    for (const [index, { next, lastMs, rate }] of consumer.shards) {
      const shard = stream.shards.get(index);
      if (shard === undefined) continue;
      const lag = await this.lag(shard, next);
      shards.push({ ...lag, lastMs, recordsPerSecond: rate.at(nowMs) });
    }
    const { about, lastMs, ring } = consumer;
    return { about, lastMs, traffic: ring.figures(nowMs), history: ring.history(nowMs), shards };
  }

  /** How far a reader is behind that goes on at an offset. */
  async lag({ id, log }: Shard, next: number): Promise<Lag> {
    const from = Math.max(next, log.firstOffset);
    const behindRecords = Math.max(log.durableOffset - from, 0);
    const all = Math.max(log.nextOffset - log.firstOffset, 1);
    const behindBytes = Math.round((log.info.bytes * behindRecords) / all);
    const atMs = behindRecords === 0 ? undefined : await this.#appendTimeMs(log, from);
    const lagMs = atMs === undefined ? 0 : Math.max(this.#clock.now() - atMs, 0);
    return { shard: id, behindRecords, behindBytes, lagMs };
  }

  /**
   * Where a reader goes on that has handled the record of this number; undefined when it is not one of the shard.
   * Streams that were made in the same second have numbers alike, so the record's own time is compared as well.
   */
  async offsetAfter({ identity, log }: Shard, sequenceNumber: string): Promise<number | undefined> {
    const { shard, offset = 0 } = parseSequenceNumber(sequenceNumber) ?? {};
    if (shard?.index !== identity.index || shard.createdSeconds !== identity.createdSeconds) return undefined;
    if (offset >= log.durableOffset) return undefined;
    if (offset >= log.firstOffset) {
      const atMs = (await this.#appendTimeMs(log, offset)) ?? 0;
      if (sequenceNumberAt(identity, offset, atMs) !== sequenceNumber) return undefined;
    }
    return offset + 1;
  }

  async #appendTimeMs(log: Log, offset: number): Promise<number | undefined> {
    const key = `${log.id}@${offset}`;
    const known = this.#times.get(key);
    if (known !== undefined) return known;
    try {
      const [batch] = await log.read(toOffset(offset), { maxBytes: 0, maxRecords: 1 });
      if (batch !== undefined) this.#times.set(key, batch.appendTimeMs);
      return batch?.appendTimeMs;
    } catch {
      // What cannot be read, say because its key is gone, is at least as old as the newest record.
      return log.lastAppendTimeMs;
    }
  }
}

function registeredConsumers({ document }: Stream): readonly IdleConsumer[] {
  const { account, region, name: stream } = document;
  return document.consumers.map((consumer) => ({
    name: consumer.name,
    arn: consumerArn({ account, region, stream }, consumer),
  }));
}
