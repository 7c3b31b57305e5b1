import { randomFillSync } from "node:crypto";

/** Request ids are UUIDs (version 4), as AWS's are; random bytes are drawn for many at once. */
export class RequestIds {
  readonly #pool = Buffer.alloc(16 * 256);
  #used = this.#pool.length;

  next(): string {
    if (this.#used === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += 16;
    this.#pool[at + 6] = ((this.#pool[at + 6] ?? 0) & 0x0f) | 0x40;
    this.#pool[at + 8] = ((this.#pool[at + 8] ?? 0) & 0x3f) | 0x80;
    const hex = this.#pool.toString("hex", at, at + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
