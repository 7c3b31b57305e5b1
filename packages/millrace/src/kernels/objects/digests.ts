import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Crc, Crc32c, Crc64Nvme } from "./crc.ts";
import type { ChecksumAlgorithm } from "./object-version.ts";
import type { ByteSource } from "./port.ts";

/** What was computed while the bytes passed. */
export interface Written {
  readonly size: number;
  /** Hexadecimal. */
  readonly md5: string;
  /** Base64 of each digest that was asked for. */
  readonly digests: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
}

/** Counts and digests bytes on their way. */
export class Digests {
  readonly #md5: Hash = createHash("md5");
  readonly #others: readonly (readonly [ChecksumAlgorithm, Digest])[];
  #size = 0;

  constructor(algorithms: readonly ChecksumAlgorithm[]) {
    this.#others = [...new Set(algorithms)].map((algorithm) => [algorithm, createDigest(algorithm)]);
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.byteLength;
    this.#md5.update(bytes);
    for (const [, digest] of this.#others) digest.update(bytes);
  }

  /** Lets bytes through; a source that is whole is digested at once. */
  through(source: ByteSource): ByteSource {
    if (!(source instanceof Uint8Array)) return this.#stream(source);
    this.update(source);
    return source;
  }

  finish(): Written {
    const digests: Partial<Record<ChecksumAlgorithm, string>> = {};
    for (const [algorithm, digest] of this.#others) digests[algorithm] = digest.digest().toString("base64");
    return { size: this.#size, md5: this.#md5.digest("hex"), digests };
  }

  async *#stream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const bytes of source) {
      this.update(bytes);
      yield bytes;
    }
  }
}

type Digest = Crc | Hash;

function createDigest(algorithm: ChecksumAlgorithm): Digest {
  switch (algorithm) {
    case "CRC32":
      return new Crc32();
    case "CRC32C":
      return new Crc32c();
    case "CRC64NVME":
      return new Crc64Nvme();
    case "SHA1":
      return createHash("sha1");
    case "SHA256":
      return createHash("sha256");
  }
}

class Crc32 implements Crc {
  #value = 0;

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value);
  }

  digest(): Buffer {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(this.#value);
    return digest;
  }
}
