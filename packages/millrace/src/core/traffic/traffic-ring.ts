/** Seconds that are remembered. */
const windowSeconds = 60;
/** How fast older seconds lose their weight in the rate that is shown. */
const settlingSeconds = 5;

/** What passed, and how fast. */
export interface TrafficFigures {
  /** Of the last seconds; newer ones weigh more, so that it settles within a few seconds and never jumps. */
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Of the last second that is over. */
  readonly lastSecond: Amount;
  /** Of the last 60 seconds. */
  readonly lastMinute: Amount & { readonly errors: number };
}

interface Amount {
  readonly records: number;
  readonly bytes: number;
}

/** Records, bytes and errors of the last minute, by the second. Adding is a few additions and no allocation. */
export class TrafficRing {
  readonly #records = new Float64Array(windowSeconds);
  readonly #bytes = new Float64Array(windowSeconds);
  readonly #errors = new Float64Array(windowSeconds);
  #second = Number.NEGATIVE_INFINITY;
  #firstMs: number | undefined;
  #lastMs: number | undefined;

  /** Of the newest record, undefined when there was none. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  add(records: number, bytes: number, nowMs: number): void {
    const slot = this.#slot(nowMs);
    this.#records[slot] = (this.#records[slot] ?? 0) + records;
    this.#bytes[slot] = (this.#bytes[slot] ?? 0) + bytes;
    this.#firstMs ??= nowMs;
    this.#lastMs = nowMs;
  }

  fail(errors: number, nowMs: number): void {
    const slot = this.#slot(nowMs);
    this.#errors[slot] = (this.#errors[slot] ?? 0) + errors;
  }

  /** Adds what another ring has, second by second. */
  addAll(other: TrafficRing): void {
    if (other.#lastMs === undefined || other.#firstMs === undefined) return;
    const newest = Math.max(this.#second, other.#second);
    this.#slot(newest * 1_000);
    for (let second = newest - windowSeconds + 1; second <= newest; second++) {
      if (second > other.#second || second <= other.#second - windowSeconds) continue;
      const slot = ((second % windowSeconds) + windowSeconds) % windowSeconds;
      this.#records[slot] = (this.#records[slot] ?? 0) + (other.#records[slot] ?? 0);
      this.#bytes[slot] = (this.#bytes[slot] ?? 0) + (other.#bytes[slot] ?? 0);
      this.#errors[slot] = (this.#errors[slot] ?? 0) + (other.#errors[slot] ?? 0);
    }
    this.#firstMs = Math.min(this.#firstMs ?? other.#firstMs, other.#firstMs);
    this.#lastMs = Math.max(this.#lastMs ?? other.#lastMs, other.#lastMs);
  }

  figures(nowMs: number): TrafficFigures {
    const current = this.#slot(nowMs);
    const before = (current + windowSeconds - 1) % windowSeconds;
    const lastSecond = { records: this.#records[before] ?? 0, bytes: this.#bytes[before] ?? 0 };
    const lastMinute = { records: sum(this.#records), bytes: sum(this.#bytes), errors: sum(this.#errors) };
    const weight = this.#weight(nowMs);
    return {
      recordsPerSecond: this.#weighted(this.#records, current) / weight,
      bytesPerSecond: this.#weighted(this.#bytes, current) / weight,
      lastSecond,
      lastMinute,
    };
  }

  /** Records of each of the last seconds that are over, oldest first. */
  history(nowMs: number, seconds: number = windowSeconds - 1): readonly number[] {
    const current = this.#slot(nowMs);
    const values: number[] = [];
    for (let age = Math.min(seconds, windowSeconds - 1); age >= 1; age--)
      values.push(this.#records[(current + windowSeconds - age) % windowSeconds] ?? 0);
    return values;
  }

  #weighted(values: Float64Array, current: number): number {
    let total = 0;
    for (let age = 0; age < windowSeconds; age++)
      total +=
        (values[(current + windowSeconds - age) % windowSeconds] ?? 0) * Math.exp(-age / settlingSeconds);
    return total;
  }

  /** How many seconds the weighted sum stands for: no more than there has been traffic for. */
  #weight(nowMs: number): number {
    const begun = (nowMs % 1_000) / 1_000;
    const ageSeconds = this.#firstMs === undefined ? windowSeconds : (nowMs - this.#firstMs) / 1_000;
    let weight = Math.min(begun, ageSeconds);
    for (let age = 1; age < windowSeconds; age++) {
      const share = Math.min(Math.max(ageSeconds - begun - age + 1, 0), 1);
      weight += share * Math.exp(-age / settlingSeconds);
    }
    // What has only just begun is not shown as if it had gone on like that for a second.
    return Math.max(weight, 1);
  }

  /** The slot of this second; those of the seconds that nothing was added in are emptied. */
  #slot(nowMs: number): number {
    const second = Math.floor(nowMs / 1_000);
    if (second > this.#second) {
      const from = Math.max(this.#second + 1, second - windowSeconds + 1);
      for (let passed = from; passed <= second; passed++) {
        const slot = passed % windowSeconds;
        this.#records[slot] = 0;
        this.#bytes[slot] = 0;
        this.#errors[slot] = 0;
      }
      this.#second = second;
    }
    // A clock that was set back adds to the newest second.
    return this.#second % windowSeconds;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
