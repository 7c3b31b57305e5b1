import { readBytes } from "./limits.ts";

/** Beyond that, buffers that come back are left to the collector. */
const maxFreeBuffers = 16;

/** Buffers of `readBytes` that are used again: making one costs more than reading into it. */
export class PieceBuffers {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(readBytes);
  }

  /** Only when nobody reads or writes them any more. */
  give(buffers: readonly Buffer[]): void {
    for (const buffer of buffers) if (this.#free.length < maxFreeBuffers) this.#free.push(buffer);
  }
}
