import { isUtf8 } from "node:buffer";
import { decodeBase64, decodeShortBase64, shortBlob } from "./base64.ts";
import { maxNesting, serializationError } from "./serialization-error.ts";

const quote = 0x22;
const backslash = 0x5c;
const numberGrammar = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads JSON tokens (RFC 8259) from the bytes of a body, without a string or a tree in between: member
 * names are compared as bytes and blobs are decoded where they stand. `position` is at the next token.
 * The body belongs to the scan: long blobs overwrite their own text.
 */
export class JsonScan {
  readonly bytes: Buffer;
  position = 0;
  #depth = 0;
  #arena: Buffer | undefined;
  #arenaUsed = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    // A byte order mark is not JSON, but old .NET clients send it.
    if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.position = 3;
  }

  /** The first byte of the next token; -1 at the end. */
  peek(): number {
    const { bytes } = this;
    while (this.position < bytes.length) {
      const byte = bytes[this.position] as number;
      if (byte > 0x20) return byte;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      this.position++;
    }
    return this.position < bytes.length ? 0 : -1;
  }

  /** Takes the byte if it is the next token. */
  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.position++;
    return true;
  }

  expect(byte: number): void {
    if (!this.take(byte)) throw this.malformed();
  }

  enter(): void {
    if (++this.#depth > maxNesting) throw serializationError("The request body is nested too deeply.");
    this.position++;
  }

  leave(): void {
    this.#depth--;
  }

  end(): void {
    if (this.peek() !== -1) throw this.malformed();
  }

  malformed(): Error {
    const where = this.position >= this.bytes.length ? "the end" : `byte ${this.position}`;
    return serializationError(`Could not parse request body into json: unexpected token at ${where}.`);
  }

  literal(text: "true" | "false" | "null"): void {
    for (let index = 0; index < text.length; index++) {
      if (this.bytes[this.position + index] !== text.charCodeAt(index)) throw this.malformed();
    }
    this.position += text.length;
  }

  /** The next token is a number: its value. */
  number(): number {
    const { bytes } = this;
    const start = this.position;
    let value = 0;
    let position = start;
    for (; position < bytes.length; position++) {
      const digit = (bytes[position] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const next = position < bytes.length ? bytes[position] : 0x2c;
    const plain = next === 0x2c || next === 0x7d || next === 0x5d;
    const digits = position - start;
    if (!plain || digits === 0 || digits > 15 || (bytes[start] === 0x30 && digits > 1))
      return Number(this.numberText());
    this.position = position;
    return value;
  }

  /** The next token is a number: its digits as they stand. */
  numberText(): string {
    const start = this.position;
    while (this.position < this.bytes.length && isNumberByte(this.bytes[this.position] as number))
      this.position++;
    const text = this.bytes.toString("latin1", start, this.position);
    if (!numberGrammar.test(text)) throw this.malformed();
    return text;
  }

  /** The next token is a string: its value. */
  string(): string {
    const { bytes } = this;
    const start = this.position + 1;
    let seen = 0;
    for (let position = start; position < bytes.length; position++) {
      const byte = bytes[position] as number;
      if (byte === quote) {
        this.position = position + 1;
        if (seen < 0x80) return bytes.toString("latin1", start, position);
        this.#checkUtf8(start, position);
        return bytes.toString("utf8", start, position);
      }
      if (byte === backslash) return this.#escapedString();
      if (byte < 0x20) break;
      seen |= byte;
    }
    throw this.malformed();
  }

  /** Strings with escapes are rare, and JSON.parse knows every rule about them. */
  #escapedString(): string {
    const start = this.position;
    this.#skipString();
    this.#checkUtf8(start, this.position);
    const text = this.bytes.toString("utf8", start, this.position);
    try {
      return JSON.parse(text) as string;
    } catch {
      this.position = start;
      throw this.malformed();
    }
  }

  /** The next token is a string in base64: its bytes, as a view on the body or on a buffer of short blobs. */
  blob(): Buffer {
    const start = this.position + 1;
    const end = this.bytes.indexOf(quote, start);
    if (end < 0) throw this.malformed();
    this.position = end + 1;
    if (end - start > shortBlob) return this.#longBlob(start, end);
    this.#arena ??= Buffer.allocUnsafe(Math.ceil(((this.bytes.length - start) * 3) / 4) + 3);
    const from = this.#arenaUsed;
    const bytes = decodeShortBase64(this.bytes, start, end, this.#arena, from);
    if (bytes < 0) return this.#longBlob(start, end);
    this.#arenaUsed += bytes;
    return this.#arena.subarray(from, this.#arenaUsed);
  }

  /** What a blob decodes to is shorter than its text, which nobody reads again: it takes its place. */
  #longBlob(start: number, end: number): Buffer {
    let text = this.bytes.toString("latin1", start, end);
    // PHP writes "/" as "\/"; only such a blob costs a second look.
    if (text.includes("\\")) {
      this.position = start - 1;
      text = this.string();
    }
    return this.bytes.subarray(start, start + decodeBase64(text, this.bytes, start));
  }

  #skipString(): void {
    const { bytes } = this;
    for (let position = this.position + 1; position < bytes.length; position++) {
      const byte = bytes[position] as number;
      if (byte === quote) {
        this.position = position + 1;
        return;
      }
      if (byte === backslash) position++;
      else if (byte < 0x20) break;
    }
    throw this.malformed();
  }

  #checkUtf8(start: number, end: number): void {
    if (!isUtf8(this.bytes.subarray(start, end)))
      throw serializationError("The request body is not valid UTF-8.");
  }
}

function isNumberByte(byte: number): boolean {
  // Digits, "+", "-", ".", "e" and "E".
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e ||
    (byte | 0x20) === 0x65
  );
}
