import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import type { BlockCodec } from "./block-codec.ts";

const compress = promisify<Buffer, object, Buffer>(zstdCompress);
const { ZSTD_c_checksumFlag, ZSTD_c_compressionLevel } = constants;
const parameters = Object.freeze({ [ZSTD_c_compressionLevel]: 3, [ZSTD_c_checksumFlag]: 1 });

/** RFC 8878: each block is a frame of its own, with a checksum; frames that follow each other are one content. */
export class ZstdCodec implements BlockCodec {
  readonly contentEncoding: string = "zstd";
  readonly blockBytes: number = 256 * 1024;
  readonly cutBytes: number = 1;

  header(): Buffer {
    return Buffer.alloc(0);
  }

  encode(block: Buffer): Promise<Buffer> {
    return compress(block, { params: parameters });
  }

  trailer(): Buffer {
    return Buffer.alloc(0);
  }
}
