import type { Clock } from "../../core/clock.ts";
import { limits } from "./limits.ts";

/**
 * How a stream treats AWS's throughput limits: `off` has none, `enforced` has AWS's, `fault` throttles a
 * given share of the calls at random, for testing a client's retries.
 */
export type ThroughputMode =
  | { readonly kind: "off" }
  | { readonly kind: "enforced" }
  | { readonly kind: "fault"; readonly rate: number };

/** Tags that choose the mode for one stream, over the server's default. */
const limitsTag = "millrace:limits";
const faultRateTag = "millrace:fault-rate";

/** The mode that a stream's tags ask for, else the default. An unreadable tag counts as absent. */
export function throughputMode(
  tags: Readonly<Record<string, string>>,
  fallback: ThroughputMode,
): ThroughputMode {
  const kind = tags[limitsTag];
  if (kind === "off" || kind === "enforced") return { kind };
  if (kind !== "fault") return fallback;
  const rate = Number(tags[faultRateTag] ?? "0.1");
  return rate >= 0 && rate <= 1 ? { kind, rate } : fallback;
}

/** Refills evenly and holds at most one second's worth, so a second's burst passes as on AWS. */
class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledMs = nowMs;
  }

  refill(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (elapsedMs * this.#perSecond) / 1000);
    this.#filledMs = nowMs;
    return this.#tokens;
  }

  take(amount: number): void {
    this.#tokens -= amount;
  }
}

/** The four limits of one shard. */
export class ShardThroughput {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #writeBytes: TokenBucket;
  readonly #writeRecords: TokenBucket;
  readonly #readBytes: TokenBucket;
  readonly #reads: TokenBucket;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    const nowMs = clock.now();
    this.#writeBytes = new TokenBucket(limits.shardWriteBytesPerSecond, nowMs);
    this.#writeRecords = new TokenBucket(limits.shardWriteRecordsPerSecond, nowMs);
    this.#readBytes = new TokenBucket(limits.shardReadBytesPerSecond, nowMs);
    this.#reads = new TokenBucket(limits.shardReadsPerSecond, nowMs);
  }

  /** Whether one more record of `bytes` may be written; takes its share when it may. */
  mayWrite(mode: ThroughputMode, bytes: number): boolean {
    if (mode.kind === "off") return true;
    if (mode.kind === "fault") return this.#random() >= mode.rate;
    const nowMs = this.#clock.now();
    // A record larger than a second's allowance passes on a full bucket and is paid off afterwards.
    const needed = Math.min(bytes, limits.shardWriteBytesPerSecond);
    if (this.#writeBytes.refill(nowMs) < needed || this.#writeRecords.refill(nowMs) < 1) return false;
    this.#writeBytes.take(bytes);
    this.#writeRecords.take(1);
    return true;
  }

  /** Whether a GetRecords call may be served now. Bytes of earlier calls are paid off first. */
  mayRead(mode: ThroughputMode): boolean {
    if (mode.kind === "off") return true;
    if (mode.kind === "fault") return this.#random() >= mode.rate;
    const nowMs = this.#clock.now();
    if (this.#readBytes.refill(nowMs) <= 0 || this.#reads.refill(nowMs) < 1) return false;
    this.#reads.take(1);
    return true;
  }

  /** Accounts for what a call returned; AWS refuses the calls of the next seconds when it was more. */
  didRead(mode: ThroughputMode, bytes: number): void {
    if (mode.kind === "enforced") this.#readBytes.take(bytes);
  }
}
