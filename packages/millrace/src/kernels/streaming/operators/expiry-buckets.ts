/** Numbers of rows by when they expire, in buckets of time: rows of a bucket are looked at when its time comes. */
export class ExpiryBuckets {
  readonly #widthMs: number;
  readonly #buckets = new Map<number, number[]>();
  #count = 0;

  constructor(widthMs: number) {
    this.#widthMs = widthMs;
  }

  add(expiresMs: number, number: number): void {
    const bucket = Math.floor(expiresMs / this.#widthMs);
    const known = this.#buckets.get(bucket);
    if (known === undefined) this.#buckets.set(bucket, [number]);
    else known.push(number);
    this.#count += 1;
  }

  /** Takes out what expires at or before a time. @param expiryOf the exact time of a number */
  take(untilMs: number, expiryOf: (number: number) => number): number[] {
    const gone: number[] = [];
    if (this.#count === 0) return gone;
    const last = Math.floor(untilMs / this.#widthMs);
    for (const [bucket, numbers] of this.#buckets) {
      if (bucket > last) continue;
      const stay: number[] = [];
      for (const number of numbers) (expiryOf(number) <= untilMs ? gone : stay).push(number);
      if (stay.length === 0) this.#buckets.delete(bucket);
      else this.#buckets.set(bucket, stay);
    }
    this.#count -= gone.length;
    return gone;
  }

  /** When to look again; +Infinity: there is nothing. */
  firstMs(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const bucket of this.#buckets.keys()) first = Math.min(first, (bucket + 1) * this.#widthMs);
    return first;
  }

  get bytes(): number {
    return this.#count * 8 + this.#buckets.size * 64;
  }
}
