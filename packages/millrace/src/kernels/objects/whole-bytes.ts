import type { ObjectBytes } from "./port.ts";

/** Bytes that are in memory already: nothing has to be given back. */
export class WholeBytes implements ObjectBytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    if (this.#bytes.byteLength > 0) yield this.#bytes;
  }

  async close(): Promise<void> {}
}
