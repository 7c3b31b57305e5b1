import { type ChunkCipher, chunkBytes } from "./chunk-cipher.ts";
import type { ByteSource } from "./port.ts";

/** The bytes of one piece, encrypted as they come. */
export function encrypted(source: ByteSource, cipher: ChunkCipher): ByteSource {
  if (source instanceof Uint8Array && source.byteLength <= chunkBytes)
    return Buffer.concat(cipher.encrypt([source], 0, true));
  return encryptedStream(source instanceof Uint8Array ? [source] : source, cipher);
}

async function* encryptedStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  cipher: ChunkCipher,
): AsyncGenerator<Uint8Array, void, void> {
  const gathered = new ChunkGatherer();
  let index = 0;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.byteLength; ) {
      // A full chunk is written only when more follows: the last one is written otherwise.
      if (gathered.bytes === chunkBytes) yield* cipher.encrypt(gathered.take(), index++, false);
      const end = Math.min(bytes.byteLength, at + chunkBytes - gathered.bytes);
      gathered.add(bytes.subarray(at, end));
      at = end;
    }
  }
  yield* cipher.encrypt(gathered.take(), index, true);
}

class ChunkGatherer {
  #parts: Uint8Array[] = [];
  bytes = 0;

  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.bytes += part.byteLength;
  }

  take(): readonly Uint8Array[] {
    const parts = this.#parts;
    this.#parts = [];
    this.bytes = 0;
    return parts;
  }
}
