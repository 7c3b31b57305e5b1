export interface NewestBounds {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/** The newest of many: a ring that forgets the oldest, and counts what it has forgotten. */
export class Newest<T extends object> {
  readonly #bounds: NewestBounds;
  readonly #bytesOf: (item: T) => number;
  readonly #items: (T | undefined)[];
  /** Counts of what came, of what is gone, and of what was cleared away. */
  #end = 0;
  #begin = 0;
  #cleared = 0;
  #bytes = 0;

  constructor(bounds: NewestBounds, bytesOf: (item: T) => number) {
    this.#bounds = bounds;
    this.#bytesOf = bytesOf;
    this.#items = new Array<T | undefined>(bounds.maxItems);
  }

  add(item: T): void {
    if (this.size === this.#bounds.maxItems) this.#forget();
    this.#items[this.#end % this.#bounds.maxItems] = item;
    this.#end++;
    this.#bytes += this.#bytesOf(item);
    while (this.#bytes > this.#bounds.maxBytes && this.size > 1) this.#forget();
  }

  get size(): number {
    return this.#end - this.#begin;
  }

  /** Since it was cleared: those that had to make room for newer ones. */
  get forgotten(): number {
    return this.#begin - this.#cleared;
  }

  /** Newest first. */
  toArray(): readonly T[] {
    const items: T[] = [];
    for (let at = this.#end - 1; at >= this.#begin; at--) {
      const item = this.#items[at % this.#bounds.maxItems];
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  clear(): void {
    this.#items.fill(undefined);
    this.#begin = this.#end;
    this.#cleared = this.#end;
    this.#bytes = 0;
  }

  #forget(): void {
    const slot = this.#begin % this.#bounds.maxItems;
    const item = this.#items[slot];
    if (item !== undefined) this.#bytes -= this.#bytesOf(item);
    this.#items[slot] = undefined;
    this.#begin++;
  }
}
