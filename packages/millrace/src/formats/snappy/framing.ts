/** Bytes of each block before compression: the default of snappy-java, in both of its formats. */
export const snappyBlockBytes: number = 32 * 1024;

/** Compresses one block as raw Snappy. */
export type SnappyCompress = (block: Buffer) => Promise<Buffer>;

/**
 * The header of a stream of snappy-java (`SnappyOutputStream`):
 * magic 82 "SNAPPY" 00, version 1, oldest version that can read it 1, both big-endian.
 */
export function snappyJavaHeader(): Buffer {
  return Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00, 0, 0, 0, 1, 0, 0, 0, 1]);
}

/** blocks := { length of the compressed block, big-endian; the compressed block } */
export async function snappyJavaBlocks(bytes: Buffer, compress: SnappyCompress): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const block of await compressBlocks(bytes, compress)) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.compressed.length);
    parts.push(length, block.compressed);
  }
  return Buffer.concat(parts);
}

/**
 * The block format of Hadoop's SnappyCodec, without header:
 * blocks := { length of the block, length of the compressed block, both big-endian; the compressed block }
 */
export async function hadoopSnappyBlocks(bytes: Buffer, compress: SnappyCompress): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const block of await compressBlocks(bytes, compress)) {
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32BE(block.sizeBytes, 0);
    lengths.writeUInt32BE(block.compressed.length, 4);
    parts.push(lengths, block.compressed);
  }
  return Buffer.concat(parts);
}

interface SnappyBlock {
  readonly sizeBytes: number;
  readonly compressed: Buffer;
}

async function compressBlocks(bytes: Buffer, compress: SnappyCompress): Promise<SnappyBlock[]> {
  const blocks: Promise<SnappyBlock>[] = [];
  for (let at = 0; at < bytes.length; at += snappyBlockBytes) {
    const block = bytes.subarray(at, at + snappyBlockBytes);
    blocks.push(compress(block).then((compressed) => ({ sizeBytes: block.length, compressed })));
  }
  return await Promise.all(blocks);
}
