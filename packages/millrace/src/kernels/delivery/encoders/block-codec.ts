/**
 * A compressed format as blocks that can be compressed one by one, off the main thread, where the format allows
 * it without a context that stays in memory between them.
 */
export interface BlockCodec {
  readonly contentEncoding: string | undefined;
  /** Blocks have this size, but for the last one. */
  readonly blockBytes: number;
  /** When memory is short, a block may be cut shorter at a multiple of this. */
  readonly cutBytes: number;
  header(): Buffer;
  /** Called in order; the promises may resolve in any. The block is not touched again by the caller. */
  encode(block: Buffer, isLast: boolean): Promise<Buffer>;
  /** After the last block has been encoded: `encodedBytes` is the length of all blocks together. */
  trailer(encodedBytes: number): Buffer;
  /** No call follows; the memory of a context may go. */
  close?(): void;
}

/** Stored as it is. */
export class PlainCodec implements BlockCodec {
  readonly contentEncoding: undefined;
  readonly blockBytes: number = 256 * 1024;
  readonly cutBytes: number = 1;

  header(): Buffer {
    return Buffer.alloc(0);
  }

  async encode(block: Buffer): Promise<Buffer> {
    return block;
  }

  trailer(): Buffer {
    return Buffer.alloc(0);
  }
}
