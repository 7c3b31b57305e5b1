import type { SinkBlock } from "../../connector-port.ts";
import type { StagingDirectory } from "./staging-directory.ts";

export interface StagedFilesParts {
  readonly staging: StagingDirectory;
  /** Beyond it, a partition's next rows go into another file. */
  readonly maxFileBytes: number;
}

/** A file that is whole and durable. */
export interface StagedFile {
  /** In the staging directory. */
  readonly name: string;
  /** `a=1/b=2/`, or nothing. */
  readonly partition: string;
  readonly bytes: number;
}

/** Rows wait in memory up to this size: those of a checkpoint of little are written once. */
const maxBufferedBytes = 4 * 1024 * 1024;
const maxFiles = 10_000;
const newline = 10;
const firstBufferBytes = 4 * 1024;

/** Rows since the last checkpoint, as lines of files, one or more a partition. */
export class StagedFiles {
  readonly #parts: StagedFilesParts;
  #files: GrowingFile[] = [];
  /** Which file takes a partition's rows. */
  readonly #current = new Map<string, GrowingFile>();
  #bufferedBytes = 0;
  #serial: number;
  #isMade = false;

  /** @param serial of the first file: greater than those that are in the directory */
  constructor(parts: StagedFilesParts, serial: number) {
    this.#parts = parts;
    this.#serial = serial;
  }

  /** Takes rows in their order, into memory. */
  append({ bytes, starts, ends, keys }: SinkBlock): void {
    const { maxFileBytes } = this.#parts;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [partition, file]: [string | undefined, GrowingFile | undefined] = [undefined, undefined];
    for (let row = 0; row < starts.length; row += 1) {
      const key = keys?.[row] ?? "";
      if (file === undefined || key !== partition) [partition, file] = [key, this.#fileOf(key)];
      this.#bufferedBytes += file.append(text, starts[row] ?? 0, ends[row] ?? 0);
      if (file.bytes < maxFileBytes) continue;
      this.#current.delete(key);
      file = undefined;
    }
  }

  /** Writes what is in memory, when that is much. A failure loses nothing: it may be called again. */
  async flush(isForced = false): Promise<void> {
    if (this.#bufferedBytes === 0 || (!isForced && this.#bufferedBytes < maxBufferedBytes)) return;
    if (!this.#isMade) await this.#parts.staging.make();
    this.#isMade = true;
    for (const file of this.#files) await file.flush(this.#parts.staging);
    this.#bufferedBytes = 0;
  }

  /** Makes all files durable and gives them out; the next rows go into others. */
  async seal(): Promise<readonly StagedFile[]> {
    if (this.#files.length === 0) return [];
    const { staging } = this.#parts;
    await this.flush(true);
    for (const { name, bytes } of this.#files) await staging.seal(name, bytes);
    await staging.sync();
    const sealed = this.#files.map(({ name, partition, bytes }) => ({ name, partition, bytes }));
    this.#files = [];
    this.#current.clear();
    return sealed;
  }

  #fileOf(partition: string): GrowingFile {
    const known = this.#current.get(partition);
    if (known !== undefined) return known;
    if (this.#files.length >= maxFiles)
      throw new Error(`more than ${maxFiles} files in one checkpoint: PARTITIONED BY has too many values`);
    const file = new GrowingFile(`${this.#serial}`, partition);
    this.#serial += 1;
    this.#files.push(file);
    this.#current.set(partition, file);
    return file;
  }
}

class GrowingFile {
  readonly name: string;
  readonly partition: string;
  #buffer: Buffer = Buffer.alloc(0);
  #filled = 0;
  #writtenBytes = 0;

  constructor(name: string, partition: string) {
    this.name = name;
    this.partition = partition;
  }

  get bytes(): number {
    return this.#writtenBytes + this.#filled;
  }

  /** A line. @returns its bytes */
  append(text: Buffer, start: number, end: number): number {
    const bytes = end - start + 1;
    if (this.#filled + bytes > this.#buffer.byteLength) this.#grow(this.#filled + bytes);
    text.copy(this.#buffer, this.#filled, start, end);
    this.#buffer[this.#filled + bytes - 1] = newline;
    this.#filled += bytes;
    return bytes;
  }

  async flush(staging: StagingDirectory): Promise<void> {
    if (this.#filled === 0) return;
    await staging.write(this.name, [this.#buffer.subarray(0, this.#filled)], this.#writtenBytes);
    this.#writtenBytes += this.#filled;
    this.#filled = 0;
    this.#buffer = Buffer.alloc(0);
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(firstBufferBytes, this.#buffer.byteLength * 2, least));
    this.#buffer.copy(larger, 0, 0, this.#filled);
    this.#buffer = larger;
  }
}
