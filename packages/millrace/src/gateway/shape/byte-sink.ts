/** A guess about the future must not allocate more than this. */
const maxExpectedBytes = 16 * 1024 * 1024;

/** Bytes in one growing buffer; the base of the JSON and CBOR sinks. */
export class ByteSink {
  protected bytes: Buffer;
  protected length = 0;

  constructor(initialBytes: number) {
    this.bytes = Buffer.allocUnsafe(initialBytes);
  }

  /** What was written. The sink must not be used afterwards. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  byte(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  /** Short bytes that were encoded before, such as a member's name. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    const target = this.bytes;
    const start = this.length;
    for (let index = 0; index < bytes.length; index++) target[start + index] = bytes[index] as number;
    this.length = start + bytes.length;
  }

  get size(): number {
    return this.length;
  }

  /** Makes room for what is probably still to come, so that a long list does not grow the buffer again and again. */
  expect(count: number): void {
    if (count > this.bytes.length - this.length)
      this.reserve(Math.min(Math.ceil(count * 1.1), maxExpectedBytes));
  }

  protected reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
