import { type ByteSource, piecesOf } from "./byte-source.ts";
import { UndecodableError } from "./undecodable.ts";

/** Blocks that claim more are taken for damage; real ones hold 64 KiB to some MiB. */
const maxBlockBytes = 64 * 1024 * 1024;

const frameMagic = Buffer.from("\u00ff\u0006\u0000\u0000sNaPpY", "latin1");

type Uncompress = (block: Buffer) => Promise<Buffer>;

/** Decompresses Snappy in any of its three wrappings: frames, Hadoop's blocks, or one raw block. */
export async function* snappyPieces(source: ByteSource, head: Buffer): AsyncGenerator<Buffer> {
  const { uncompress } = await import("snappy");
  const inflate: Uncompress = async (block) => {
    if (claimedBytes(block) > maxBlockBytes) throw damaged("a block claims to be too large");
    try {
      return Buffer.from(await uncompress(block));
    } catch (error) {
      throw new UndecodableError("corrupt", "The snappy data is damaged.", { cause: error });
    }
  };
  const reader = new PieceReader(piecesOf(source, head, 0));
  if (head.subarray(0, frameMagic.length).equals(frameMagic)) yield* framed(reader, inflate);
  else if (looksLikeHadoop(head)) yield* hadoop(reader, inflate);
  else yield await inflate(await reader.rest(maxBlockBytes));
}

/** frame := kind:1 length:3 (little-endian) data; data of kinds 0 and 1 begins with a checksum of 4 bytes. */
async function* framed(reader: PieceReader, inflate: Uncompress): AsyncGenerator<Buffer> {
  for (;;) {
    const head = await reader.take(4);
    if (head === undefined) return;
    const kind = head.readUInt8(0);
    const data = await reader.take(head.readUIntLE(1, 3));
    if (data === undefined) throw damaged("it ends too early");
    if (kind === 0x00) yield await inflate(data.subarray(4));
    else if (kind === 0x01) yield data.subarray(4);
    else if (kind < 0x80) throw damaged(`it has a frame of the unknown kind ${kind}`);
  }
}

/** block := size:4 { length:4 data }, big-endian; data is as long as its parts decompress to size. */
async function* hadoop(reader: PieceReader, inflate: Uncompress): AsyncGenerator<Buffer> {
  for (;;) {
    const head = await reader.take(4);
    if (head === undefined) return;
    let left = head.readUInt32BE(0);
    while (left > 0) {
      const length = (await reader.take(4))?.readUInt32BE(0);
      if (length === undefined || length > maxBlockBytes) throw damaged("it ends too early");
      const data = await reader.take(length);
      if (data === undefined) throw damaged("it ends too early");
      const block = await inflate(data);
      if (block.length === 0 || block.length > left) throw damaged("a block is not as long as it says");
      left -= block.length;
      yield block;
    }
  }
}

/** Hadoop's first block says the same length twice: before its parts, and in the first part. */
function looksLikeHadoop(head: Buffer): boolean {
  if (head.length < 9) return false;
  const size = head.readUInt32BE(0);
  const length = head.readUInt32BE(4);
  const claimed = claimedBytes(head.subarray(8));
  return size > 0 && size <= maxBlockBytes && length > 0 && length <= maxBlockBytes && claimed <= size;
}

/** A raw block begins with its length after decompression, as a varint. */
function claimedBytes(block: Buffer): number {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = block[index] ?? 0;
    value += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) return value;
  }
  return Number.POSITIVE_INFINITY;
}

function damaged(why: string): UndecodableError {
  return new UndecodableError("corrupt", `The snappy data is damaged: ${why}.`);
}

/** Cuts a stream of pieces into spans of wanted lengths. */
class PieceReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Undefined at the end; throws if the stream ends within the span. */
  async take(bytes: number): Promise<Buffer | undefined> {
    while (this.#left.length < bytes) {
      const next = await this.#pieces.next();
      if (next.done === true) {
        if (this.#left.length === 0) return undefined;
        throw damaged("it ends too early");
      }
      this.#left = Buffer.concat([this.#left, next.value]);
    }
    const span = this.#left.subarray(0, bytes);
    this.#left = this.#left.subarray(bytes);
    return span;
  }

  async rest(maxBytes: number): Promise<Buffer> {
    const pieces = [this.#left];
    let bytes = this.#left.length;
    for (;;) {
      const next = await this.#pieces.next();
      if (next.done === true) return Buffer.concat(pieces);
      bytes += next.value.length;
      if (bytes > maxBytes) throw damaged("a block claims to be too large");
      pieces.push(next.value);
    }
  }
}
