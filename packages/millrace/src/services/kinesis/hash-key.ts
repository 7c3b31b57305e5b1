import { hash } from "node:crypto";
import { Md5 } from "./md5.ts";

/** The hash-key space is 0 .. 2^128-1; each open shard owns a range of it, both ends included. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

export const hashKeySpace: HashRange = Object.freeze({ start: 0n, end: (1n << 128n) - 1n });

/** The hash key of a partition key: the MD5 of its UTF-8 bytes as a big-endian number. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${hash("md5", partitionKey, "hex")}`);
}

/** An explicit hash key as it comes from a client, or undefined when it is not a number of the space. */
export function parseHashKey(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= hashKeySpace.end ? value : undefined;
}

/** Cuts a range into `count` parts whose sizes differ by one at most, as AWS does for a new stream. */
export function divideRange(range: HashRange, count: number): readonly HashRange[] {
  const size = range.end - range.start + 1n;
  const parts: HashRange[] = [];
  for (let i = 0n; i < BigInt(count); i++) {
    const start = range.start + (size * i) / BigInt(count);
    const next = range.start + (size * (i + 1n)) / BigInt(count);
    parts.push({ start, end: next - 1n });
  }
  return parts;
}

/**
 * Finds the range that holds a hash key. Ranges must cover the whole space without overlap; they are
 * compared by their leading 32 bits first, so that routing a record needs no big-number arithmetic.
 */
export class HashRouter {
  /** Leading 32 bits of each range's start, ascending. */
  readonly #leading: Uint32Array;
  readonly #starts: readonly bigint[];
  /** Position in the caller's list for each range in ascending order. */
  readonly #positions: readonly number[];
  readonly #md5 = new Md5();

  constructor(ranges: readonly HashRange[]) {
    const order = ranges.map((range, position) => ({ start: range.start, position }));
    order.sort((a, b) => (a.start < b.start ? -1 : 1));
    this.#starts = order.map(({ start }) => start);
    this.#positions = order.map(({ position }) => position);
    this.#leading = Uint32Array.from(this.#starts, (start) => Number(start >> 96n));
  }

  /** Routes the partition key that lies in `bytes` at [from, to). */
  routeKey(bytes: Buffer, from: number, to: number): number {
    if (!this.#md5.digest(bytes, from, to))
      return this.routeHash(hashKeyOf(bytes.toString("utf8", from, to)));
    const { leading } = this.#md5;
    const at = this.#lastAtMost(leading);
    // Only a key that shares its leading 32 bits with a boundary needs all 128 bits.
    if (this.#leading[at] === leading) return this.routeHash(this.#md5.value);
    return this.#positions[at] ?? 0;
  }

  routeHash(hashKey: bigint): number {
    let at = this.#lastAtMost(Number(hashKey >> 96n));
    while (at > 0 && (this.#starts[at] ?? 0n) > hashKey) at--;
    return this.#positions[at] ?? 0;
  }

  /** Index of the last range whose leading bits are at most `leading`. */
  #lastAtMost(leading: number): number {
    let low = 0;
    let high = this.#leading.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#leading[middle] ?? 0) <= leading) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
