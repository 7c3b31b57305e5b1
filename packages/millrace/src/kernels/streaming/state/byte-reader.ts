/** The bytes of a snapshot are not what was written. */
export class SnapshotFormatError extends Error {
  override readonly name = "SnapshotFormatError";
}

/** Reads forward and never beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** A view, not a copy. */
  bytes(count: number): Uint8Array {
    const from = this.#take(count);
    return this.#bytes.subarray(from, from + count);
  }

  #take(count: number): number {
    const from = this.#at;
    if (count > this.#bytes.length - from) throw new SnapshotFormatError("the bytes end too early");
    this.#at = from + count;
    return from;
  }
}
