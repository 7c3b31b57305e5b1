import { PassThrough, type Transform } from "node:stream";
import { createGzip, createZstdCompress } from "node:zlib";
import type { UnloadSettings } from "./unload-options.ts";
import type { UnloadTarget } from "./unload-target.ts";

/** Text that is gathered before it is handed on. */
const bufferedChars = 128 * 1024;
/** Bytes that wait for S3 before the query waits, too. */
const waitingBytes = 1024 * 1024;
/** What is on its way through a compression, and what ends a compressed file. */
const heldBackBytes = 512 * 1024;

/** A file that was written, or will have been when its UNLOAD succeeds. */
export interface WrittenFile {
  readonly key: string;
  readonly slice: number;
  /** With its header line. */
  readonly lines: number;
  readonly rows: number;
  readonly bytes: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** An object that is written while rows come. Either `finish` or `abort` ends it. */
export class OutputFile {
  readonly key: string;
  readonly slice: number;
  readonly startedAtMs: number;
  readonly #sink: Transform;
  readonly #put: Promise<number>;
  /** The first failure of the upload. */
  #failure: { readonly error: unknown } | undefined;
  readonly #isCompressed: boolean;
  #text = "";
  /** What was handed on. */
  #takenBytes = 0;
  #givenBytes = 0;
  #lines = 0;
  #rows = 0;

  constructor(
    target: UnloadTarget,
    place: { readonly key: string; readonly slice: number; readonly startedAtMs: number },
    settings: Pick<UnloadSettings, "compression" | "format">,
  ) {
    this.key = place.key;
    this.slice = place.slice;
    this.startedAtMs = place.startedAtMs;
    this.#isCompressed = settings.compression !== "none";
    this.#sink = sinkOf(settings.compression);
    const body = this.#counted(this.#sink);
    this.#put = target.put(this.key, body, contentTypes[settings.format]).then(({ bytes }) => bytes);
    this.#put.catch((error: unknown) => {
      this.#failure ??= { error };
      this.#sink.destroy();
    });
  }

  /** Whether a further line may stand in the file. Of a compressed one it is said a little early. */
  fits(line: string, maxBytes: number): boolean {
    const waiting = this.#text.length + line.length;
    const sureBytes = this.#isCompressed ? this.#givenBytes + heldBackBytes : this.#takenBytes;
    // A unit of UTF-16 is at most three bytes of UTF-8.
    if (sureBytes + (this.#isCompressed ? 0 : waiting * 3) <= maxBytes) return true;
    return (
      !this.#isCompressed && sureBytes + Buffer.byteLength(this.#text) + Buffer.byteLength(line) <= maxBytes
    );
  }

  get hasRows(): boolean {
    return this.#rows > 0;
  }

  header(line: string): void {
    this.#take(line);
  }

  /** @returns a promise when the caller shall wait */
  add(line: string): Promise<void> | undefined {
    this.#take(line);
    this.#rows++;
    return this.#text.length < bufferedChars ? undefined : this.#flush();
  }

  async finish(nowMs: () => number): Promise<WrittenFile> {
    const { key, slice, startedAtMs } = this;
    await this.#flush();
    this.#sink.end();
    const bytes = await this.#put;
    return { key, slice, startedAtMs, bytes, lines: this.#lines, rows: this.#rows, endedAtMs: nowMs() };
  }

  /** Leaves nothing of the file. */
  async abort(reason: Error): Promise<void> {
    this.#sink.destroy(reason);
    await this.#put.catch(() => undefined);
  }

  #take(line: string): void {
    this.#text += line;
    this.#lines++;
  }

  async #flush(): Promise<void> {
    this.#check();
    if (this.#text === "") return;
    const bytes = Buffer.from(this.#text);
    this.#text = "";
    this.#takenBytes += bytes.byteLength;
    if (this.#sink.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#sink.off("drain", done).off("close", done);
        resolve();
      };
      this.#sink.on("drain", done).on("close", done);
    });
    this.#check();
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async *#counted(sink: Transform): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of sink as AsyncIterable<Buffer>) {
      this.#givenBytes += piece.byteLength;
      yield piece;
    }
  }
}

const contentTypes = {
  text: "text/plain",
  csv: "text/csv",
  json: "application/json",
  parquet: "application/octet-stream",
} as const;

function sinkOf(compression: UnloadSettings["compression"]): Transform {
  const options = { writableHighWaterMark: waitingBytes, highWaterMark: waitingBytes };
  if (compression === "gzip") return createGzip();
  if (compression === "zstd") return createZstdCompress();
  return new PassThrough(options);
}
