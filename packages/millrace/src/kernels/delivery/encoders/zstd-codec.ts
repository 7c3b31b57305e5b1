import { once } from "node:events";
import { promisify } from "node:util";
import { constants, createZstdCompress, type ZstdCompress } from "node:zlib";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { BlockCodec } from "./block-codec.ts";

const { ZSTD_c_checksumFlag, ZSTD_c_compressionLevel, ZSTD_c_windowLog } = constants;
/** A window of 512 KiB bounds the memory of an open frame. */
const params = Object.freeze({
  [ZSTD_c_compressionLevel]: 3,
  [ZSTD_c_windowLog]: 19,
  [ZSTD_c_checksumFlag]: 1,
});

/**
 * RFC 8878: one frame with a checksum. Blocks cannot be compressed apart from each other as in the other
 * formats: that would take a frame for each, and common decoders stop after the first.
 */
export class ZstdCodec implements BlockCodec {
  readonly contentEncoding: string = "zstd";
  readonly blockBytes: number = 256 * 1024;
  readonly cutBytes: number = 1;
  readonly #stream: ZstdCompress = createZstdCompress({ params });
  readonly #write = promisify<Buffer, void>((block, done) => void this.#stream.write(block, done));
  readonly #blocks = new SerialTasks();
  #encoded: Buffer[] = [];

  constructor() {
    this.#stream.on("data", (piece: Buffer) => this.#encoded.push(piece));
  }

  header(): Buffer {
    return Buffer.alloc(0);
  }

  /** Answers what the frame has come to so far: bytes of a block may come with the next one. */
  encode(block: Buffer, isLast: boolean): Promise<Buffer> {
    return this.#blocks.run(async () => {
      if (isLast) {
        this.#stream.end(block);
        await once(this.#stream, "end");
      } else await this.#write(block);
      const encoded = Buffer.concat(this.#encoded);
      this.#encoded = [];
      return encoded;
    });
  }

  trailer(): Buffer {
    return Buffer.alloc(0);
  }

  close(): void {
    this.#stream.destroy();
  }
}
