/** State that lies beside slots: kept as large as they are, and emptied when one is given back. */
export interface SlotState {
  /** There may be slots below `capacity`; new ones hold the initial value. */
  grow(capacity: number): void;
  /** Back to the initial value. */
  clear(slot: number): void;
}

const initialCapacity = 16;

/**
 * Numbers slots from 0 on and gives freed ones out again, last freed first. The numbers depend on nothing but
 * the order of calls, and a restored allocator goes on like the one that was saved, so that whatever is listed
 * in the order of slots comes out the same when rounds are repeated.
 */
export class SlotAllocator {
  /** Slots in use. */
  size = 0;
  /** Slots ever given out since the allocator was last empty: all numbers are below. */
  slotCount = 0;
  capacity: number = initialCapacity;
  readonly #states: SlotState[] = [];
  #free: Int32Array = new Int32Array(0);
  #freeCount = 0;
  #isLive: Uint8Array = new Uint8Array(initialCapacity);

  /** Called before the first slot is given out. */
  attach(state: SlotState): void {
    this.#states.push(state);
    state.grow(this.capacity);
  }

  allocate(): number {
    this.size += 1;
    if (this.#freeCount > 0) {
      this.#freeCount -= 1;
      const slot = this.#free[this.#freeCount] as number;
      this.#isLive[slot] = 1;
      return slot;
    }
    const slot = this.slotCount;
    if (slot === this.capacity) this.reserve(slot + 1);
    this.slotCount = slot + 1;
    this.#isLive[slot] = 1;
    return slot;
  }

  free(slot: number): void {
    if (this.#isLive[slot] !== 1) throw new RangeError(`slot ${slot} is not in use`);
    this.#isLive[slot] = 0;
    for (const state of this.#states) state.clear(slot);
    this.size -= 1;
    if (this.size === 0) {
      this.slotCount = 0;
      this.#freeCount = 0;
      return;
    }
    if (this.#freeCount === this.#free.length) {
      const free = new Int32Array(Math.max(initialCapacity, this.#freeCount * 2));
      free.set(this.#free);
      this.#free = free;
    }
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
  }

  isLive(slot: number): boolean {
    return this.#isLive[slot] === 1;
  }

  /** Room for so many slots. */
  reserve(slots: number): void {
    if (slots <= this.capacity) return;
    let capacity = this.capacity;
    while (capacity < slots) capacity *= 2;
    const isLive = new Uint8Array(capacity);
    isLive.set(this.#isLive);
    this.#isLive = isLive;
    this.capacity = capacity;
    for (const state of this.#states) state.grow(capacity);
  }

  /** For each slot 0 when it is in use, else its place in the order of reuse, from 1; undefined: all are in use. */
  freeOrder(): Int32Array | undefined {
    if (this.#freeCount === 0) return undefined;
    const order = new Int32Array(this.slotCount);
    for (let at = 0; at < this.#freeCount; at += 1) order[this.#free[at] as number] = at + 1;
    return order;
  }

  /** Of an empty allocator: takes over all slots of a saved one. */
  adopt(slotCount: number, freeOrder: Int32Array | undefined): void {
    this.reserve(slotCount);
    this.slotCount = slotCount;
    this.#isLive.fill(1, 0, slotCount);
    this.#freeCount = 0;
    if (freeOrder !== undefined) {
      this.#free = new Int32Array(slotCount);
      for (let slot = 0; slot < slotCount; slot += 1) {
        const place = freeOrder[slot] as number;
        if (place === 0) continue;
        this.#free[place - 1] = slot;
        this.#isLive[slot] = 0;
        this.#freeCount += 1;
      }
    }
    this.size = slotCount - this.#freeCount;
  }

  get bytes(): number {
    return this.#free.byteLength + this.#isLive.byteLength;
  }
}
