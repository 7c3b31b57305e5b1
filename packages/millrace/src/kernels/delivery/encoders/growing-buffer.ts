import { assert } from "../../../core/assert.ts";

const firstBytes = 4 * 1024;

/** A buffer that is filled up to a size, and takes no more memory than what is in it needs. */
export class GrowingBuffer {
  readonly #maxBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  #used = 0;
  #nextBytes = firstBytes;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get sizeBytes(): number {
    return this.#used;
  }

  get capacityBytes(): number {
    return this.#bytes.length;
  }

  get isFull(): boolean {
    return this.#used === this.#maxBytes;
  }

  /** Copies what fits of `data` from `from`; answers how much that was. */
  append(data: Buffer, from: number): number {
    const fits = Math.min(data.length - from, this.#maxBytes - this.#used);
    this.#reserve(this.#used + fits);
    data.copy(this.#bytes, this.#used, from, from + fits);
    this.#used += fits;
    return fits;
  }

  /** The first bytes, which are the caller's from now on; the rest stays. */
  take(bytes: number): Buffer {
    assert(bytes <= this.#used, "no more is taken than there is");
    const taken = this.#bytes.subarray(0, bytes);
    const rest = this.#bytes.subarray(bytes, this.#used);
    // Who has filled one will fill another: that one is not grown in steps.
    this.#nextBytes = bytes === this.#maxBytes ? this.#maxBytes : firstBytes;
    this.#bytes = Buffer.alloc(0);
    this.#used = 0;
    if (rest.length > 0) this.append(rest, 0);
    return taken;
  }

  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#used = 0;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    let capacity = Math.max(this.#bytes.length * 2, this.#nextBytes);
    while (capacity < bytes) capacity *= 2;
    const grown = Buffer.allocUnsafeSlow(Math.min(capacity, this.#maxBytes));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }
}
