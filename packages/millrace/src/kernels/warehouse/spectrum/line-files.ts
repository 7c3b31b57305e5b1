import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { bunzip2 } from "../../../formats/bzip2/bunzip2.ts";
import { compressionOf } from "../../../formats/sniff/compression.ts";
import { decompressed } from "../../../formats/sniff/decompress.ts";
import { UndecodableError } from "../../../formats/sniff/undecodable.ts";
import { scanError } from "./external-errors.ts";
import type { OpenedFiles } from "./opened-files.ts";
import { fileUrl } from "./parquet-files.ts";
import type { ScanFile } from "./scan-parts.ts";

/** Longer lines are refused. AWS reads rows of 4 MB at most. */
export const maxLineBytes: number = 16 * 1024 * 1024;
/** Bytes of one read. */
const readBytes = 1024 * 1024;
const headBytes = 4096;
const newline = 10;
const carriageReturn = 13;

/** A file of lines that end with a newline alone, in UTF-8. */
export interface LineFile extends ScanFile {
  readonly lines: number;
  readonly longestBytes: number;
}

/**
 * Makes a file ready for the engine's reader of lines. Files that are compressed, or have carriage returns, or bytes
 * that are no UTF-8, are copied with these put right; others are read in place. Each is read once for that.
 */
export async function lineFile(
  file: ScanFile,
  opened: OpenedFiles,
  region: string,
  signal: AbortSignal,
): Promise<LineFile> {
  const handle = await open(file.path);
  try {
    const { size } = await handle.stat();
    const read = async (start: number, end: number): Promise<Buffer> => {
      signal.throwIfAborted();
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0, headBytes);
    const compression = compressionOf(head, file.key);
    if (compression === "none") {
      const counted = await countLines(createReadStream(file.path, { highWaterMark: readBytes, signal }));
      if (counted !== undefined) return checked({ ...file, ...counted }, region);
    }
    const source = { key: file.key, sizeBytes: size, read };
    const bytes =
      compression === "bzip2"
        ? bunzip2(createReadStream(file.path, { highWaterMark: readBytes, signal }))
        : decompressed(source, head, compression);
    const cleaned = new CleanLines();
    const path = await opened.write(cleaned.of(bytes), file);
    const { lines, longestBytes } = cleaned;
    return checked({ ...file, path, lines, longestBytes }, region);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof UndecodableError || isBzip2Damage(error))
      throw scanError(`File '${fileUrl(file, region)}' cannot be decompressed: ${error.message}`, {
        cause: error,
      });
    throw error;
  } finally {
    await handle.close();
  }
}

function isBzip2Damage(error: unknown): error is Error {
  const code = error instanceof Error ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === "string" && code.startsWith("BZIP2_");
}

function checked(file: LineFile, region: string): LineFile {
  if (file.longestBytes <= maxLineBytes) return file;
  throw scanError(`File '${fileUrl(file, region)}' has a line of more than ${maxLineBytes} bytes`);
}

interface LineCount {
  readonly lines: number;
  readonly longestBytes: number;
}

/** Undefined for a file that the engine's reader would not read as lines that end with a newline. */
async function countLines(pieces: AsyncIterable<Buffer>): Promise<LineCount | undefined> {
  const counter = new LineCounter();
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (piece.includes(carriageReturn)) return undefined;
    counter.add(piece);
    // A character may be cut in two by the end of a piece, but not by the end of a line.
    const end = piece.lastIndexOf(newline) + 1;
    if (end === 0) {
      rest = Buffer.concat([rest, piece]);
      if (rest.length > maxLineBytes) return { lines: 0, longestBytes: rest.length };
    } else {
      if (!isUtf8(Buffer.concat([rest, piece.subarray(0, end)]))) return undefined;
      rest = Buffer.from(piece.subarray(end));
    }
  }
  return isUtf8(rest) ? counter.end() : undefined;
}

class LineCounter {
  #lines = 0;
  #longest = 0;
  #open = 0;

  add(piece: Buffer): void {
    let from = 0;
    for (;;) {
      const at = piece.indexOf(newline, from);
      if (at < 0) break;
      this.#lines += 1;
      this.#longest = Math.max(this.#longest, this.#open + at - from);
      this.#open = 0;
      from = at + 1;
    }
    this.#open += piece.length - from;
  }

  end(): LineCount {
    const lines = this.#lines + (this.#open > 0 ? 1 : 0);
    return { lines, longestBytes: Math.max(this.#longest, this.#open) };
  }
}

/** Lines as Hadoop finds them: `\n`, `\r` and `\r\n` end one. Bytes that are no UTF-8 become `?`. */
class CleanLines {
  readonly #counter = new LineCounter();
  #count: LineCount = { lines: 0, longestBytes: 0 };

  get lines(): number {
    return this.#count.lines;
  }

  get longestBytes(): number {
    return this.#count.longestBytes;
  }

  async *of(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    let afterReturn = false;
    for await (const piece of pieces) {
      let text = decoder.decode(piece, { stream: true });
      if (afterReturn && text.startsWith("\n")) text = text.slice(1);
      if (text !== "") afterReturn = text.endsWith("\r");
      yield this.#counted(text);
    }
    yield this.#counted(decoder.decode());
    this.#count = this.#counter.end();
  }

  #counted(text: string): Buffer {
    const bytes = Buffer.from(text.replaceAll(/\r\n?/g, "\n").replaceAll("\ufffd", "?"));
    this.#counter.add(bytes);
    return bytes;
  }
}
