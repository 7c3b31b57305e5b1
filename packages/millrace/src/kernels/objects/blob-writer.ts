import { writeFully } from "../../core/open-file.ts";
import { diskFailure } from "./errors.ts";
import type { ObjectFile } from "./files.ts";
import { writeBytes } from "./limits.ts";
import type { ByteSource } from "./port.ts";

/**
 * Writes all that comes to a file, from `position` on, and returns how much it was. The next megabyte is
 * gathered while one is being written; a source that is faster waits.
 */
export async function pour(source: ByteSource, file: ObjectFile, position: number): Promise<number> {
  if (source instanceof Uint8Array) {
    if (source.byteLength > 0) await write(file, [source], position);
    return source.byteLength;
  }
  const writer = new GatheringWriter(file, position);
  try {
    for await (const chunk of source) if (chunk.byteLength > 0) await writer.add(chunk);
    return await writer.finish();
  } finally {
    // The file must not be closed, nor its slot given away, while a write is under way.
    await writer.settled();
  }
}

class GatheringWriter {
  readonly #file: ObjectFile;
  readonly #start: number;
  #position: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;

  constructor(file: ObjectFile, position: number) {
    this.#file = file;
    this.#start = position;
    this.#position = position;
  }

  /** Undefined when there is nothing to wait for. */
  add(chunk: Uint8Array): Promise<void> | undefined {
    this.#parts.push(chunk);
    this.#bytes += chunk.byteLength;
    return this.#bytes < writeBytes ? undefined : this.#flush();
  }

  async finish(): Promise<number> {
    if (this.#bytes > 0) await this.#flush();
    await this.#writing;
    return this.#position - this.#start;
  }

  /** Resolves when nothing is being written, whatever came of it. */
  async settled(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    await this.#writing;
    this.#writing = write(this.#file, this.#parts, this.#position);
    // Whoever waits next meets the failure; until then it is not unhandled.
    this.#writing.catch(() => undefined);
    this.#position += this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
  }
}

async function write(file: ObjectFile, parts: readonly Uint8Array[], position: number): Promise<void> {
  try {
    await writeFully(file, parts, position);
  } catch (error) {
    throw diskFailure(error);
  }
}
