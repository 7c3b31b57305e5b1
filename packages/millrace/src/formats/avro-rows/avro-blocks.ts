import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { readAvroHeader } from "../avro/avro-header.ts";
import { AvroBytes, AvroError } from "./avro-bytes.ts";
import { type AvroSchema, parseAvroSchema } from "./avro-schema.ts";

const inflate = promisify(inflateRaw);

/** Headers and blocks that are larger are refused. */
const maxBlockBytes = 64 * 1024 * 1024;
const syncBytes = 16;

/** Records of a file as they come, a block at a time. */
export interface AvroBlock {
  readonly schema: AvroSchema;
  readonly records: number;
  readonly bytes: AvroBytes;
}

/** Reads an object container file; codecs are null, deflate, snappy and zstandard. @throws AvroError */
export async function* avroBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<AvroBlock> {
  const window = new Window(bytes[Symbol.asyncIterator]());
  const header = await readHeader(window);
  const schema = parseAvroSchema(header.schema);
  const sync = Buffer.from(window.bytes.subarray(header.headerBytes - syncBytes, header.headerBytes));
  window.take(header.headerBytes);
  while (await window.fill(1)) {
    // Two numbers of at most ten bytes each.
    await window.fill(20);
    const sizes = new AvroBytes(window.bytes);
    const records = sizes.size();
    const length = sizes.size();
    if (records < 0 || length < 0 || length > maxBlockBytes) throw new AvroError("a block has a wrong size");
    window.take(sizes.at);
    if (!(await window.fill(length + syncBytes))) throw new AvroError("the file ends within a block");
    const block = await decompressed(Buffer.from(window.bytes.subarray(0, length)), header.codec);
    if (!window.bytes.subarray(length, length + syncBytes).equals(sync))
      throw new AvroError("a block ends without its mark");
    window.take(length + syncBytes);
    yield { schema, records, bytes: new AvroBytes(block) };
  }
}

async function readHeader(window: Window): Promise<{ schema: string; codec: string; headerBytes: number }> {
  for (let size = 64 * 1024; ; size *= 4) {
    const whole = await window.fill(size);
    if (window.bytes.subarray(0, 4).toString("latin1") !== "Obj\u0001")
      throw new AvroError("the file is no Avro container");
    const header = readAvroHeader(window.bytes);
    if (header === "truncated") {
      if (!whole || size > maxBlockBytes) throw new AvroError("the header is cut off");
      continue;
    }
    if ("problem" in header) throw new AvroError(header.problem);
    if (header.headerBytes > window.bytes.length) {
      if (!whole) throw new AvroError("the header is cut off");
      continue;
    }
    return header;
  }
}

async function decompressed(block: Buffer, codec: string): Promise<Buffer> {
  const options = { maxOutputLength: maxBlockBytes * 4 };
  try {
    switch (codec) {
      case "null":
        return block;
      case "deflate":
        return await inflate(block, options);
      case "zstandard": {
        const { zstdDecompressSync } = await import("node:zlib");
        return zstdDecompressSync(block, options);
      }
      case "snappy": {
        const { uncompress } = await import("snappy");
        // A checksum of four bytes stands behind the block.
        return Buffer.from(await uncompress(block.subarray(0, -4), { asBuffer: true }));
      }
      default:
        throw new AvroError(`the codec ${codec} is not supported`);
    }
  } catch (error) {
    if (error instanceof AvroError) throw error;
    throw new AvroError(`a ${codec} block is damaged`);
  }
}

/** The part of a stream that is at hand. */
class Window {
  readonly #source: AsyncIterator<Uint8Array>;
  bytes: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterator<Uint8Array>) {
    this.#source = source;
  }

  /** @returns whether so many bytes are there */
  async fill(size: number): Promise<boolean> {
    if (this.bytes.length >= size || this.#ended) return this.bytes.length >= size;
    const pieces: Uint8Array[] = [this.bytes];
    let length = this.bytes.length;
    while (length < size) {
      const { value, done } = await this.#source.next();
      if (done === true) {
        this.#ended = true;
        break;
      }
      pieces.push(Buffer.from(value));
      length += value.length;
    }
    this.bytes = Buffer.concat(pieces);
    return length >= size;
  }

  take(size: number): void {
    this.bytes = this.bytes.subarray(size);
  }
}
