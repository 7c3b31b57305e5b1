const initialPlaces = 32;
/** Of 8: beyond it the index is doubled. */
const maxEighthsFull = 5;

/**
 * Open addressing with linear probing from hashes to slots. `entries` holds two numbers a place: the hash, and
 * the slot plus 1 (0: free). Removal closes the gap, so there are no tombstones. Keys are compared by the owner.
 */
export class HashIndex {
  entries: Int32Array = new Int32Array(initialPlaces * 2);
  /** Places minus 1; places are a power of 2. */
  mask: number = initialPlaces - 1;
  #count = 0;

  /** The owner has made sure that the key is not there. */
  insert(hash: number, slot: number): void {
    if ((this.#count + 1) * 8 > (this.mask + 1) * maxEighthsFull) this.#resize((this.mask + 1) * 2);
    this.#place(hash, slot);
    this.#count += 1;
  }

  remove(hash: number, slot: number): void {
    const { entries, mask } = this;
    let at = hash & mask;
    while (entries[at * 2 + 1] !== slot + 1) {
      if (entries[at * 2 + 1] === 0) throw new RangeError(`slot ${slot} is not in the index`);
      at = (at + 1) & mask;
    }
    // Moves up what may lie nearer to its own place.
    for (let next = (at + 1) & mask; entries[next * 2 + 1] !== 0; next = (next + 1) & mask) {
      const home = (entries[next * 2] as number) & mask;
      if (((next - home) & mask) >= ((next - at) & mask)) {
        entries[at * 2] = entries[next * 2] as number;
        entries[at * 2 + 1] = entries[next * 2 + 1] as number;
        at = next;
      }
    }
    entries[at * 2] = 0;
    entries[at * 2 + 1] = 0;
    this.#count -= 1;
  }

  clear(): void {
    this.entries = new Int32Array(initialPlaces * 2);
    this.mask = initialPlaces - 1;
    this.#count = 0;
  }

  rebuild(hashes: Int32Array, slotCount: number, isLive: (slot: number) => boolean): void {
    let places = initialPlaces;
    while (slotCount * 8 > places * maxEighthsFull) places *= 2;
    this.entries = new Int32Array(places * 2);
    this.mask = places - 1;
    this.#count = 0;
    for (let slot = 0; slot < slotCount; slot += 1) {
      if (isLive(slot)) this.insert(hashes[slot] as number, slot);
    }
  }

  #resize(places: number): void {
    const old = this.entries;
    this.entries = new Int32Array(places * 2);
    this.mask = places - 1;
    for (let at = 0; at < old.length; at += 2) {
      const slot = (old[at + 1] as number) - 1;
      if (slot >= 0) this.#place(old[at] as number, slot);
    }
  }

  #place(hash: number, slot: number): void {
    const { entries, mask } = this;
    let at = hash & mask;
    while (entries[at * 2 + 1] !== 0) at = (at + 1) & mask;
    entries[at * 2] = hash;
    entries[at * 2 + 1] = slot + 1;
  }
}
