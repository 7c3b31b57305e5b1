import { ByteSink } from "./byte-sink.ts";

/** Quotes, backslashes and control characters. */
const needsEscape = /["\\\p{Cc}]/u;
const quote = 0x22;
/** Below this length a loop over the characters is faster than a call into the runtime. */
const shortText = 64;

/** JSON text in one growing buffer. */
export class JsonSink extends ByteSink {
  /** Text without characters beyond ASCII, such as a number. */
  ascii(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, "latin1");
  }

  integer(value: number): void {
    if (value >= 0 && value <= 9999) this.#small(value);
    else this.ascii(String(value));
  }

  #small(value: number): void {
    this.reserve(4);
    if (value > 999) this.bytes[this.length++] = 0x30 + ((value / 1000) | 0);
    if (value > 99) this.bytes[this.length++] = 0x30 + (((value / 100) | 0) % 10);
    if (value > 9) this.bytes[this.length++] = 0x30 + (((value / 10) | 0) % 10);
    this.bytes[this.length++] = 0x30 + (value % 10);
  }

  string(text: string): void {
    if (text.length <= shortText && this.#plain(text)) return;
    if (needsEscape.test(text)) this.#utf8(JSON.stringify(text));
    else {
      this.byte(quote);
      this.#utf8(text);
      this.byte(quote);
    }
  }

  base64(bytes: Uint8Array): void {
    const view = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = view.toString("base64");
    this.reserve(text.length + 2);
    this.bytes[this.length++] = quote;
    this.length += this.bytes.write(text, this.length, "latin1");
    this.bytes[this.length++] = quote;
  }

  /** Writes a short string that needs neither escapes nor encoding; writes nothing when it does. */
  #plain(text: string): boolean {
    this.reserve(text.length + 2);
    const bytes = this.bytes;
    let position = this.length;
    bytes[position++] = quote;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quote || code === 0x5c) return false;
      bytes[position++] = code;
    }
    bytes[position++] = quote;
    this.length = position;
    return true;
  }

  #utf8(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, "utf8");
  }
}
