import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { limits } from "./limits.ts";

/** Rows that are gathered before they are written. */
const bufferedBytes = 256 * 1024;
/** A row of 64 KiB whose characters JSON escapes with six bytes each, and its commas and quotes. */
const maxLineBytes = 8 * limits.rowBytes;

export type Row = readonly (string | null)[];

export interface ResultPage {
  readonly rows: readonly Row[];
  /** Where the next page begins; undefined behind the last row. */
  readonly next: number | undefined;
}

/** Results that wait for being fetched: a file for each, with one row a line as a JSON array of texts. */
export class ResultFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param part from 0 */
  async create(id: string, part: number): Promise<ResultWriter> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    return new ResultWriter(await open(this.#path(id, part), "w", 0o600));
  }

  /** @param offset where a page begins, from 0 */
  async read(id: string, part: number, offset: number): Promise<ResultPage> {
    const file = await open(this.#path(id, part), "r");
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(limits.pageBytes + maxLineBytes, Math.max(0, size - offset)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      const rows: Row[] = [];
      let at = 0;
      while (at < bytesRead && at < limits.pageBytes) {
        const end = bytes.indexOf(0x0a, at);
        if (end < 0 || end >= bytesRead) break;
        rows.push(JSON.parse(bytes.toString("utf8", at, end)) as Row);
        at = end + 1;
      }
      return { rows, next: offset + at < size ? offset + at : undefined };
    } finally {
      await file.close();
    }
  }

  async remove(id: string, part: number): Promise<void> {
    await rm(this.#path(id, part), { force: true });
  }

  /** Removes the results of statements that nobody knows (any more). */
  async removeUnknown(isKnown: (id: string) => boolean): Promise<void> {
    const names = await readdir(this.#directory).catch(() => []);
    for (const name of names)
      if (!isKnown(name.replace(/_\d+\.jsonl$/, ""))) await rm(join(this.#directory, name), { force: true });
  }

  async reset(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  #path(id: string, part: number): string {
    return join(this.#directory, `${id}_${part + 1}.jsonl`);
  }
}

/** @throws RangeError beyond a limit */
export class ResultWriter {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #waitingBytes = 0;
  rows = 0;
  /** Of the values' texts. */
  bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Resolves at once, most of the time; a slow disk holds the query back. */
  async add(row: Row): Promise<void> {
    let bytes = 0;
    for (const value of row) bytes += value === null ? 0 : Buffer.byteLength(value);
    if (bytes > limits.rowBytes) throw new RangeError("Packet for query is too large.");
    if (this.bytes + bytes > limits.resultBytes)
      throw new RangeError("Database response exceeded size limit.");
    this.rows++;
    this.bytes += bytes;
    this.#lines.push(JSON.stringify(row));
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= bufferedBytes || this.#lines.length >= 10_000) await this.#flush();
  }

  /** The rows are on disk when it resolves. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#file.datasync();
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = `${this.#lines.join("\n")}\n`;
    this.#lines = [];
    this.#waitingBytes = 0;
    await this.#file.writeFile(text);
  }
}
