import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { bunzip2 } from "../../../../formats/bzip2/bunzip2.ts";
import type { LoadOptions } from "../copy-options.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";

/** Of a local file: what is read at a time. */
const pieceBytes = 1024 * 1024;

/** A file's bytes as they are stored. */
export async function* storedBytes(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: pieceBytes });
}

/** What the bytes hold; damage is the file's error, not Millrace's. @throws LoadFailure */
export async function* plainBytes(
  bytes: AsyncIterable<Uint8Array>,
  compression: LoadOptions["compression"],
): AsyncGenerator<Uint8Array> {
  if (compression === "none") {
    yield* bytes;
    return;
  }
  try {
    if (compression === "bzip2") yield* bunzip2(bytes);
    else yield* inflated(bytes, compression);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LoadFailure(loadCodes.line, `Invalid ${compression} data: ${reason}`.slice(0, 100));
  }
}

async function* inflated(
  bytes: AsyncIterable<Uint8Array>,
  compression: "gzip" | "zstd",
): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: 256 * 1024 };
  const stream = compression === "gzip" ? createGunzip(options) : createZstdDecompress(options);
  const input = Readable.from(bytes);
  const done = pipeline(input, stream).catch((error: unknown) => error);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } finally {
    input.destroy();
    stream.destroy();
    await done;
  }
}

/** Errors of zlib and of the bzip2 reader have codes of their own. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === "string" && /^(?:Z_|ZSTD_|BZIP2_|ERR_ZSTD|ERR_ZLIB)/.test(code);
}
