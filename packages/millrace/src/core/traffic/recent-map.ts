interface Entry<Value> {
  readonly value: Value;
  /** Since its turn to go came last. */
  isUsed: boolean;
}

/**
 * A map of at most so many keys: one that was not used for long makes room for what is new. A use only sets a flag;
 * whose turn it is to go, and is used, gets another turn instead.
 */
export class RecentMap<Key, Value> {
  readonly #maxKeys: number;
  readonly #entries = new Map<Key, Entry<Value>>();

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#entries.size;
  }

  *values(): Iterable<Value> {
    for (const { value } of this.#entries.values()) yield value;
  }

  /** The value of a key, which counts as a use. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    entry.isUsed = true;
    return entry.value;
  }

  set(key: Key, value: Value): void {
    if (!this.#entries.delete(key) && this.#entries.size >= this.#maxKeys) this.#makeRoom();
    this.#entries.set(key, { value, isUsed: false });
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Each key gets one more turn at the most, so that this ends. */
  #makeRoom(): void {
    for (const [key, entry] of this.#entries) {
      this.#entries.delete(key);
      if (!entry.isUsed) return;
      entry.isUsed = false;
      this.#entries.set(key, entry);
    }
  }
}
