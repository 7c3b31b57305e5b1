/** Numbers by time, the earliest first; of one time the least number. The same number may be there more than once. */
export class TimerHeap {
  #times: Float64Array = new Float64Array(16);
  #numbers: Int32Array = new Int32Array(16);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** The earliest time; +Infinity: there is none. */
  get firstMs(): number {
    return this.#count === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number);
  }

  get bytes(): number {
    return this.#times.byteLength + this.#numbers.byteLength;
  }

  add(timeMs: number, number: number): void {
    if (this.#count === this.#times.length) this.#grow();
    let at = this.#count;
    this.#count += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isAfter(parent, timeMs, number)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#times[at] = timeMs;
    this.#numbers[at] = number;
  }

  /** Takes out the first number; there must be one. */
  take(): number {
    if (this.#count === 0) throw new RangeError("no timers");
    const number = this.#numbers[0] as number;
    this.#count -= 1;
    const last = this.#count;
    const timeMs = this.#times[last] as number;
    const moved = this.#numbers[last] as number;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= last) break;
      const right = child + 1;
      if (
        right < last &&
        this.#isAfter(child, this.#times[right] as number, this.#numbers[right] as number)
      ) {
        child = right;
      }
      if (this.#isAfter(child, timeMs, moved)) break;
      this.#move(child, at);
      at = child;
    }
    this.#times[at] = timeMs;
    this.#numbers[at] = moved;
    return number;
  }

  #isAfter(at: number, timeMs: number, number: number): boolean {
    const own = this.#times[at] as number;
    return own > timeMs || (own === timeMs && (this.#numbers[at] as number) > number);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] as number;
    this.#numbers[to] = this.#numbers[from] as number;
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const numbers = new Int32Array(this.#numbers.length * 2);
    times.set(this.#times);
    numbers.set(this.#numbers);
    this.#times = times;
    this.#numbers = numbers;
  }
}
