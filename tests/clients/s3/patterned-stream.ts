import { Readable } from "node:stream";

const blockBytes = 1024 * 1024;
/** A prime below the block's size, so that what moved by whole blocks does not look the same. */
const periodBytes = 65_521;

/** Bytes that follow from where they stand: any two blocks differ in their first bytes. */
class Block {
  readonly bytes: Buffer;

  constructor() {
    const period = Buffer.from(Array.from({ length: periodBytes }, (_, i) => (i * 131 + (i >> 8)) & 0xff));
    this.bytes = Buffer.alloc(blockBytes, period);
  }

  at(index: number): Buffer {
    this.bytes.writeUInt32BE(index, 0);
    return this.bytes;
  }
}

/** A stream of that many bytes. */
export function patternedStream(totalBytes: number): Readable {
  const block = new Block();
  function* blocks(): Generator<Buffer> {
    for (let at = 0; at < totalBytes; at += blockBytes) {
      const length = Math.min(blockBytes, totalBytes - at);
      yield Buffer.from(block.at(at / blockBytes).subarray(0, length));
    }
  }
  return Readable.from(blocks(), { objectMode: false });
}

/** Reads a stream to its end. @returns how many bytes are as they must be; @throws at the first that is not. */
export async function checkPattern(stream: AsyncIterable<Buffer>): Promise<number> {
  const block = new Block();
  let offset = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      const inBlock = offset % blockBytes;
      const length = Math.min(blockBytes - inBlock, chunk.length - at);
      const expected = block.at((offset - inBlock) / blockBytes).subarray(inBlock, inBlock + length);
      if (!chunk.subarray(at, at + length).equals(expected))
        throw new Error(`the bytes from ${offset} to ${offset + length} are not those that were sent`);
      at += length;
      offset += length;
    }
  }
  return offset;
}
