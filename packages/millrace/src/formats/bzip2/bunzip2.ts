import { BitReader, Bzip2Error } from "./bit-reader.ts";
import { readBlock } from "./block.ts";

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;

/**
 * Decompresses bzip2: one stream or several behind each other, as parallel writers make them. One block of at most
 * 900 kB is held at a time. @throws Bzip2Error
 *
 * file   := stream { stream }
 * stream := "BZh" level { block } 0x177245385090 crc:32, filled up to a whole byte
 * block  := 0x314159265359 crc:32 ...
 */
export async function* bunzip2(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new BitReader(bytes[Symbol.asyncIterator]());
  for (let first = true; ; first = false) {
    if (!(await reader.fill(4))) {
      if (first || reader.hasBytes) throw new Bzip2Error("the stream ends within its header");
      return;
    }
    const level = header(reader);
    for (;;) {
      // The largest block and what is around it: afterwards no read has to wait.
      await reader.fill(maxBlockBytes);
      const magic = reader.bits(24) * 0x1000000 + reader.bits(24);
      const crc = reader.bits(16) * 0x10000 + reader.bits(16);
      if (magic === endMagic) break;
      if (magic !== blockMagic) throw new Bzip2Error("a block has no mark");
      yield readBlock(reader, level * 100_000, crc >>> 0);
    }
    reader.align();
  }
}

/** Compressed, a block is hardly larger than what is in it. */
const maxBlockBytes = 1_200_000;

function header(reader: BitReader): number {
  if (reader.bits(8) !== 0x42 || reader.bits(8) !== 0x5a || reader.bits(8) !== 0x68)
    throw new Bzip2Error("the stream has no bzip2 header");
  const level = reader.bits(8) - 0x30;
  if (level < 1 || level > 9) throw new Bzip2Error("the header has no block size");
  return level;
}
