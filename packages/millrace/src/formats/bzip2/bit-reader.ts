/** Damaged data. */
export class Bzip2Error extends Error {
  override readonly name = "Bzip2Error";
  readonly code = "BZIP2_DATA";
}

/** Bits of a stream of bytes, the highest of a byte first. */
export class BitReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #bits = 0;
  #count = 0;
  #ended = false;

  constructor(source: AsyncIterator<Uint8Array>) {
    this.#source = source;
  }

  get hasBytes(): boolean {
    return this.#at < this.#bytes.length;
  }

  /** Has at least so many bytes at hand, or everything that is left. @returns whether they are there */
  async fill(bytes: number): Promise<boolean> {
    let available = this.#bytes.length - this.#at;
    if (available >= bytes || this.#ended) return available >= bytes;
    const pieces: Uint8Array[] = [Buffer.from(this.#bytes.subarray(this.#at))];
    while (available < bytes) {
      const { value, done } = await this.#source.next();
      if (done === true) {
        this.#ended = true;
        break;
      }
      pieces.push(Buffer.from(value));
      available += value.length;
    }
    this.#bytes = Buffer.concat(pieces);
    this.#at = 0;
    return available >= bytes;
  }

  /** 1 to 24 bits. @throws Bzip2Error where the stream ends before */
  bits(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new Bzip2Error("the stream ends too early");
      this.#at++;
      this.#bits = ((this.#bits << 8) | byte) >>> 0;
      this.#count += 8;
    }
    this.#count -= count;
    const value = (this.#bits >>> this.#count) & ((1 << count) - 1);
    this.#bits &= (1 << this.#count) - 1;
    return value;
  }

  bit(): number {
    return this.bits(1);
  }

  /** To the next whole byte. */
  align(): void {
    this.#count -= this.#count % 8;
    if (this.#count > 0) this.#at -= this.#count / 8;
    this.#count = 0;
    this.#bits = 0;
  }
}
