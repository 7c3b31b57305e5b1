import {
  hadoopSnappyBlocks,
  snappyBlockBytes,
  snappyJavaBlocks,
  snappyJavaHeader,
} from "../../../formats/snappy/framing.ts";
import type { BlockCodec } from "./block-codec.ts";

const blockBytes = 8 * snappyBlockBytes;

/** Memory that snappy 7.3 and 7.4 hand over instead is never given back (Brooooooklyn/snappy#323). */
const copyOutputData = true;

/** The native library, loaded when the first batch is compressed with it. */
async function compress(block: Buffer): Promise<Buffer> {
  const snappy = await import("snappy");
  return await snappy.compress(block, { copyOutputData });
}

/** What Firehose calls Snappy: the stream format of snappy-java, not the official framing format. */
export class SnappyCodec implements BlockCodec {
  readonly contentEncoding: string = "snappy-java";
  readonly blockBytes: number = blockBytes;
  readonly cutBytes: number = snappyBlockBytes;

  header(): Buffer {
    return snappyJavaHeader();
  }

  encode(block: Buffer): Promise<Buffer> {
    return snappyJavaBlocks(block, compress);
  }

  trailer(): Buffer {
    return Buffer.alloc(0);
  }
}

export class HadoopSnappyCodec implements BlockCodec {
  readonly contentEncoding: string = "hadoop-snappy";
  readonly blockBytes: number = blockBytes;
  readonly cutBytes: number = snappyBlockBytes;

  header(): Buffer {
    return Buffer.alloc(0);
  }

  encode(block: Buffer): Promise<Buffer> {
    return hadoopSnappyBlocks(block, compress);
  }

  trailer(): Buffer {
    return Buffer.alloc(0);
  }
}
