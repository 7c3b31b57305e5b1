/** Random numbers that are the same for the same key. */
export class KeyedRandom {
  #state = 0;

  seed(key: number): void {
    this.#state = key | 0;
  }

  /** 32 bits. */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    return mix(this.#state);
  }

  /** At least 0, less than 1. */
  fraction(): number {
    return ((this.uint32() >>> 5) * 67_108_864 + (this.uint32() >>> 6)) / 9_007_199_254_740_992;
  }

  /** From 0, less than a number of any size. */
  below(limit: bigint): bigint {
    let bits = 0n;
    // 64 bits more than the limit has keep the smaller numbers from being more frequent.
    for (let left = limit.toString(2).length + 64; left > 0; left -= 32)
      bits = (bits << 32n) | BigInt(this.uint32());
    return bits % limit;
  }
}

/** Scatters the bits of a number. */
export function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Of the letters of a name. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}
