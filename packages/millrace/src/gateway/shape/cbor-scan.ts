import { isUtf8 } from "node:buffer";
import { maxNesting, serializationError } from "./serialization-error.ts";

/** Major types (RFC 8949, 3.1): the top three bits of an item's first byte. */
export const majorTypes = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

/** In place of a length: the items follow until a break. */
export const indefinite = -1;
const breakByte = 0xff;

/**
 * Reads CBOR items (RFC 8949) from the bytes of a body: `head => majorType(3 bits) info(5 bits) argument`.
 * Declared lengths are checked against what is left before anything is allocated. `position` is at the
 * next item.
 */
export class CborScan {
  readonly bytes: Buffer;
  position = 0;
  #depth = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The first byte of the next item. */
  peek(): number {
    const byte = this.bytes[this.position];
    if (byte === undefined) throw this.malformed();
    return byte;
  }

  major(): number {
    return this.peek() >> 5;
  }

  /** Takes null and undefined. */
  takeNull(): boolean {
    const byte = this.peek();
    if (byte !== 0xf6 && byte !== 0xf7) return false;
    this.position++;
    return true;
  }

  /** Takes the break that ends an item of indefinite length. */
  takeBreak(): boolean {
    if (this.peek() !== breakByte) return false;
    this.position++;
    return true;
  }

  end(): void {
    if (this.position !== this.bytes.length) throw this.malformed();
  }

  enter(): void {
    if (++this.#depth > maxNesting) throw serializationError("The request body is nested too deeply.");
  }

  leave(): void {
    this.#depth--;
  }

  malformed(): Error {
    return serializationError(
      `Could not parse request body into cbor: unexpected item at byte ${this.position}.`,
    );
  }

  /** Takes a head and returns its argument; `indefinite` for the items that end with a break. */
  argument(): number {
    const info = this.peek() & 31;
    this.position++;
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.#unsigned(1);
      case 25:
        return this.#unsigned(2);
      case 26:
        return this.#unsigned(4);
      case 27:
        return this.#unsigned(4) * 0x1_0000_0000 + this.#unsigned(4);
      case 31:
        return indefinite;
      default:
        throw this.malformed();
    }
  }

  /** Takes the head of an array, map, text or byte string; its length cannot exceed what is left. */
  size(): number {
    const count = this.argument();
    if (count > this.bytes.length - this.position) throw this.malformed();
    return count;
  }

  /** Takes an unsigned or negative integer of up to 64 bits, exactly. */
  bigInteger(): bigint {
    const byte = this.peek();
    if ((byte & 31) !== 27) return BigInt(this.#smallInteger());
    this.position++;
    const value = (BigInt(this.#unsigned(4)) << 32n) | BigInt(this.#unsigned(4));
    return byte >> 5 === majorTypes.negative ? -1n - value : value;
  }

  /** Takes an integer or a float of any width. */
  number(): number {
    const major = this.major();
    if (major === majorTypes.unsigned || major === majorTypes.negative) return this.#smallInteger();
    const byte = this.peek();
    const width = byte === 0xf9 ? 2 : byte === 0xfa ? 4 : byte === 0xfb ? 8 : 0;
    const start = this.position + 1;
    if (width === 0 || start + width > this.bytes.length) throw this.malformed();
    this.position = start + width;
    if (width === 8) return this.bytes.readDoubleBE(start);
    return width === 4 ? this.bytes.readFloatBE(start) : halfFloat(this.bytes.readUInt16BE(start));
  }

  #smallInteger(): number {
    const negative = this.major() === majorTypes.negative;
    const value = this.argument();
    if (value === indefinite) throw this.malformed();
    return negative ? -1 - value : value;
  }

  /** Takes a byte string: a view on the body, or a copy when it came in pieces. */
  blob(): Buffer {
    const length = this.size();
    if (length === indefinite) return this.#pieces(majorTypes.bytes);
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  text(): string {
    const length = this.size();
    if (length === indefinite) return this.#utf8(this.#pieces(majorTypes.text));
    const start = this.position;
    this.position += length;
    for (let index = start; index < this.position; index++) {
      if ((this.bytes[index] as number) >= 0x80) return this.#utf8(this.bytes.subarray(start, this.position));
    }
    return this.bytes.toString("latin1", start, this.position);
  }

  #utf8(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw serializationError("The request body is not valid UTF-8.");
    return bytes.toString("utf8");
  }

  /** The pieces of an indefinite string are definite strings of the same type. */
  #pieces(major: number): Buffer {
    const pieces: Buffer[] = [];
    while (!this.takeBreak()) {
      if (this.major() !== major || (this.peek() & 31) === 31) throw this.malformed();
      pieces.push(this.blob());
    }
    return Buffer.concat(pieces);
  }

  #unsigned(width: 1 | 2 | 4): number {
    const start = this.position;
    if (start + width > this.bytes.length) throw this.malformed();
    this.position = start + width;
    if (width === 1) return this.bytes[start] as number;
    return width === 2 ? this.bytes.readUInt16BE(start) : this.bytes.readUInt32BE(start);
  }
}

/** IEEE 754 binary16: `sign(1) exponent(5) fraction(10)`. */
function halfFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
