import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createInflateRaw, createZstdDecompress } from "node:zlib";
import { type ByteSource, piecesOf } from "./byte-source.ts";
import type { FileCompression } from "./compression.ts";
import { snappyPieces } from "./snappy-stream.ts";
import { UndecodableError } from "./undecodable.ts";
import { readZipEntry } from "./zip-entry.ts";

/**
 * The file's content in pieces, as far as the reader goes on asking. Throws `UndecodableError` where it is
 * damaged, and for what Millrace does not decompress.
 */
export async function* decompressed(
  source: ByteSource,
  head: Buffer,
  compression: FileCompression,
): AsyncGenerator<Buffer> {
  switch (compression) {
    case "none":
      yield* piecesOf(source, head, 0);
      return;
    case "gzip":
      yield* through(createGunzip(), piecesOf(source, head, 0), compression);
      return;
    case "zstd":
      yield* through(createZstdDecompress(), piecesOf(source, head, 0), compression);
      return;
    case "zip": {
      const entry = await readZipEntry(source, head);
      const pieces = piecesOf(source, head, entry.offset);
      if (entry.stored) yield* upTo(pieces, entry.storedBytes);
      else yield* through(createInflateRaw(), pieces, compression);
      return;
    }
    case "snappy":
      yield* snappyPieces(source, head);
      return;
    case "bzip2":
    case "lz4":
    case "xz":
    case "lzo":
      throw new UndecodableError("unsupported", `Millrace does not decompress ${compression} yet.`);
  }
}

/** Errors of the source keep their own kind; those of the stream become `UndecodableError`. */
async function* through(
  stream: Transform,
  pieces: AsyncIterable<Buffer>,
  compression: FileCompression,
): AsyncGenerator<Buffer> {
  let sourceFailed = false;
  const input = Readable.from(
    (async function* guarded() {
      try {
        yield* pieces;
      } catch (error) {
        sourceFailed = true;
        throw error;
      }
    })(),
  );
  const done = pipeline(input, stream).catch((error: unknown) => error);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (sourceFailed) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new UndecodableError("corrupt", `The ${compression} data is damaged: ${detail}.`, { cause: error });
  } finally {
    input.destroy();
    stream.destroy();
    await done;
  }
}

async function* upTo(pieces: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of pieces) {
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left <= 0) return;
  }
  if (left > 0) throw new UndecodableError("corrupt", "The zip archive ends too early.");
}
