/** Avro that is not as it says. */
export class AvroError extends Error {
  override readonly name = "AvroError";
}

/** Reads the primitive values of one block. @throws AvroError where it ends before */
export class AvroBytes {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** A zigzag varint of up to 64 bits. */
  long(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new AvroError("a number is longer than 64 bits");
  }

  /** A length or a count. */
  size(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 8; count++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    throw new AvroError("a length is too large");
  }

  bytes(): Buffer {
    return this.fixed(this.size());
  }

  fixed(length: number): Buffer {
    if (length < 0 || length > this.#bytes.length - this.at) throw new AvroError("a block ends too early");
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  boolean(): boolean {
    return this.#byte() !== 0;
  }

  float(): number {
    return this.fixed(4).readFloatLE(0);
  }

  double(): number {
    return this.fixed(8).readDoubleLE(0);
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new AvroError("a block ends too early");
    this.at++;
    return byte;
  }
}
