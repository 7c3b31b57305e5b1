import type { ClientName } from "../../../core/traffic/client-name.ts";
import { TrafficRing } from "../../../core/traffic/traffic-ring.ts";

/** How a consumer reads, and what tells it from others. */
export type AboutConsumer =
  | { readonly kind: "polling"; readonly principal: string; readonly client: ClientName }
  | {
      readonly kind: "fan-out";
      readonly name: string;
      readonly arn: string;
      readonly principal: string;
      readonly client: ClientName;
    }
  | { readonly kind: "service"; readonly arn: string };

/** How far a consumer has read one shard. */
export interface ShardProgress {
  /** Offset of the record that it has not been given yet. */
  next: number;
  /** When it read last, whether there was anything or not. */
  lastMs: number;
  readonly rate: DecayingRate;
}

/** A rate in two numbers, for what is too many to have a ring each. */
export class DecayingRate {
  #perSecond = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  add(records: number, nowMs: number): void {
    this.#perSecond = this.at(nowMs) + records / settlingSeconds;
    this.#lastMs = nowMs;
  }

  at(nowMs: number): number {
    return this.#perSecond * Math.exp(-Math.max(nowMs - this.#lastMs, 0) / 1_000 / settlingSeconds);
  }
}

const settlingSeconds = 5;

/** What one consumer of a stream reads. */
export class ConsumerTraffic {
  readonly about: AboutConsumer;
  /** Its errors are calls that were refused. */
  readonly ring: TrafficRing = new TrafficRing();
  readonly shards: Map<number, ShardProgress> = new Map();

  constructor(about: AboutConsumer) {
    this.about = about;
  }

  /** When it read last; undefined when it never has. */
  get lastMs(): number | undefined {
    let newestMs: number | undefined;
    for (const { lastMs } of this.shards.values())
      if (newestMs === undefined || lastMs > newestMs) newestMs = lastMs;
    return newestMs;
  }

  /** @param next offset of the record that comes after those that were read */
  read(shard: number, next: number, records: number, bytes: number, nowMs: number): void {
    if (records > 0) this.ring.add(records, bytes, nowMs);
    let progress = this.shards.get(shard);
    if (progress === undefined) {
      progress = { next, lastMs: nowMs, rate: new DecayingRate() };
      this.shards.set(shard, progress);
    }
    progress.next = next;
    progress.lastMs = nowMs;
    progress.rate.add(records, nowMs);
  }

  /** Forgets shards that are gone. */
  keep(indexes: { has(index: number): boolean }): void {
    for (const index of this.shards.keys()) if (!indexes.has(index)) this.shards.delete(index);
  }
}
