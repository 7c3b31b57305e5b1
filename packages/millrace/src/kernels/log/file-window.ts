import { type OpenFile, readFully } from "../../core/open-file.ts";

/** A piece of a file in memory that moves forward: scans and reads look at frames through it. */
export class FileWindow {
  readonly #file: OpenFile;
  readonly #chunkBytes: number;
  /** Nothing at or behind this position is looked at. */
  readonly endPosition: number;
  #start = 0;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(file: OpenFile, endPosition: number, chunkBytes: number) {
    this.#file = file;
    this.endPosition = endPosition;
    this.#chunkBytes = chunkBytes;
  }

  /** What is in memory from `position` on, without reading. */
  held(position: number): Buffer {
    const at = position - this.#start;
    return at < 0 || at > this.#buffer.length ? Buffer.alloc(0) : this.#buffer.subarray(at);
  }

  /** At least `minBytes` from `position` on, fewer only where the file or the window's end comes first. */
  async view(position: number, minBytes: number): Promise<Buffer> {
    const wanted = Math.min(minBytes, this.endPosition - position);
    const held = this.held(position);
    if (held.length >= wanted) return held;
    const length = Math.min(Math.max(minBytes, this.#chunkBytes), this.endPosition - position);
    this.#buffer = await readFully(this.#file, position, Math.max(length, 0));
    this.#start = position;
    return this.#buffer;
  }
}
