import { JsonFailure } from "./json-failure.ts";
import { unescapeString } from "./json-string.ts";

/** Deeper documents are refused, as Jackson does. */
const maxDepth = 1000;
/** Powers of ten that a double holds exactly. */
const exactPowers: readonly number[] = Object.freeze(Array.from({ length: 23 }, (_, power) => 10 ** power));
/** With more digits the sum of digits may lose some. */
const maxExactDigits = 15;

/** Bytes that mean something in JSON. */
export const char: Readonly<
  Record<
    | "quote"
    | "minus"
    | "dot"
    | "zero"
    | "nine"
    | "colon"
    | "comma"
    | "openArray"
    | "backslash"
    | "closeArray"
    | "openObject"
    | "closeObject"
    | "f"
    | "n"
    | "t",
    number
  >
> = Object.freeze({
  quote: 0x22,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  comma: 0x2c,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
  f: 0x66,
  n: 0x6e,
  t: 0x74,
});

/**
 * Reads JSON (RFC 8259, strictly) from bytes, token by token, without making objects of it. The bytes must be
 * valid UTF-8. What was read last lies in the public fields.
 */
export class JsonReader {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;

  /** The string that was read last: these bytes, without quotes and escapes. */
  text: Uint8Array = this.bytes;
  textFrom = 0;
  textTo = 0;

  /** The number that was read last: where its text lies, and whether it has neither fraction nor exponent. */
  numberFrom = 0;
  numberTo = 0;
  isInteger = false;
  /** Digits of the number without sign and leading zeros; the value is exact in `number` up to 15 of them. */
  digits = 0;
  /** The first 15 digits as a whole number; with fewer the number is mantissa * 10^power. */
  mantissa = 0;
  power = 0;

  begin(bytes: Buffer, from: number, to: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Skips space; answers the byte that follows, -1 at the end. */
  peek(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.at = at;
        return byte;
      }
      at += 1;
    }
    this.at = at;
    return -1;
  }

  /** Takes this byte, after space. */
  expect(byte: number): void {
    if (this.peek() !== byte) throw this.unexpected();
    this.at += 1;
  }

  /** After an entry: whether another one follows. `close` ends the array or object. */
  more(close: number): boolean {
    const byte = this.peek();
    this.at += 1;
    if (byte === char.comma) return true;
    if (byte === close) return false;
    this.at -= 1;
    throw this.unexpected();
  }

  /** `true`, `false` and `null`, of which the first byte was seen. */
  literal(word: "true" | "false" | "null"): void {
    const { bytes, at } = this;
    for (let index = 0; index < word.length; index++) {
      if (at + index >= this.end || bytes[at + index] !== word.charCodeAt(index)) {
        this.at = Math.min(at + index, this.end);
        throw this.unexpected();
      }
    }
    this.at += word.length;
  }

  /** A string, of which the quote was seen. */
  string(): void {
    const { bytes, end } = this;
    const from = this.at + 1;
    let at = from;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte === char.quote) {
        this.text = bytes;
        this.textFrom = from;
        this.textTo = at;
        this.at = at + 1;
        return;
      }
      if (byte === char.backslash) {
        this.#escapedString(from, at);
        return;
      }
      if (byte < 0x20) break;
      at += 1;
    }
    this.at = at;
    throw this.unexpected();
  }

  /** The text of the last string. */
  textOf(): string {
    return Buffer.from(this.text.buffer, this.text.byteOffset, this.text.length).toString(
      "utf8",
      this.textFrom,
      this.textTo,
    );
  }

  /** A number, of which the first byte was seen. */
  readNumber(): void {
    const { bytes, end } = this;
    let at = this.at;
    this.numberFrom = at;
    if (bytes[at] === char.minus) at += 1;
    let mantissa = 0;
    let digits = 0;
    const wholeFrom = at;
    let byte = at < end ? (bytes[at] as number) : -1;
    while (byte >= char.zero && byte <= char.nine) {
      if (digits > 0 || byte !== char.zero) {
        if (digits < maxExactDigits) mantissa = mantissa * 10 + (byte - char.zero);
        digits += 1;
      }
      at += 1;
      byte = at < end ? (bytes[at] as number) : -1;
    }
    const whole = at - wholeFrom;
    if (whole === 0 || (whole > 1 && bytes[wholeFrom] === char.zero)) {
      this.at = whole === 0 ? at : wholeFrom + 1;
      throw this.unexpected();
    }
    this.isInteger = true;
    let power = 0;
    if (byte === char.dot) {
      this.isInteger = false;
      const fractionFrom = ++at;
      byte = at < end ? (bytes[at] as number) : -1;
      while (byte >= char.zero && byte <= char.nine) {
        if (digits > 0 || byte !== char.zero) {
          if (digits < maxExactDigits) mantissa = mantissa * 10 + (byte - char.zero);
          digits += 1;
        }
        at += 1;
        byte = at < end ? (bytes[at] as number) : -1;
      }
      power = fractionFrom - at;
      if (power === 0) {
        this.at = at;
        throw this.unexpected();
      }
    }
    this.mantissa = mantissa;
    this.digits = digits;
    this.power = power;
    this.at = at;
    if (byte === 0x65 || byte === 0x45) this.#exponent();
    this.numberTo = this.at;
  }

  /** The last number, as near as a double comes. */
  number(): number {
    const power = this.power;
    if (this.digits <= maxExactDigits && power >= -22 && power <= 22) {
      // Both operands are exact, so the result is rounded once, as it should be.
      const value =
        power < 0
          ? this.mantissa / (exactPowers[-power] as number)
          : this.mantissa * (exactPowers[power] as number);
      return this.bytes[this.numberFrom] === char.minus ? -value : value;
    }
    return Number(this.numberText());
  }

  get isNegative(): boolean {
    return this.bytes[this.numberFrom] === char.minus;
  }

  numberText(): string {
    return this.bytes.toString("latin1", this.numberFrom, this.numberTo);
  }

  /** Any value, checked and dropped. */
  skipValue(depth: number = 0): void {
    const byte = this.peek();
    if (byte === char.quote) this.string();
    else if (byte === char.openObject) this.#skipObject(depth + 1);
    else if (byte === char.openArray) this.#skipArray(depth + 1);
    else if (byte === char.t) this.literal("true");
    else if (byte === char.f) this.literal("false");
    else if (byte === char.n) this.literal("null");
    else this.readNumber();
  }

  /** A value without space between its tokens, its keys changed. */
  compact(key: (key: string) => string, depth: number = 0): string {
    const from = this.at;
    const byte = this.peek();
    if (byte !== char.openObject && byte !== char.openArray) {
      this.skipValue();
      return this.bytes.toString("utf8", from, this.at).trim();
    }
    if (depth >= maxDepth) throw this.#tooDeep();
    this.at += 1;
    const close = byte + 2;
    if (this.peek() === close) {
      this.at += 1;
      return byte === char.openObject ? "{}" : "[]";
    }
    const parts: string[] = [];
    do {
      let part = "";
      if (byte === char.openObject) {
        if (this.peek() !== char.quote) throw this.unexpected();
        this.string();
        part = `${JSON.stringify(key(this.textOf()))}:`;
        this.expect(char.colon);
      }
      this.peek();
      parts.push(part + this.compact(key, depth + 1));
    } while (this.more(close));
    return byte === char.openObject ? `{${parts.join(",")}}` : `[${parts.join(",")}]`;
  }

  unexpected(): JsonFailure {
    if (this.at >= this.end) return new JsonFailure("malformed", "Unexpected end-of-input");
    const code = this.bytes.toString("utf8", this.at, Math.min(this.at + 4, this.end)).codePointAt(0) ?? 0;
    const shown = code < 0x20 ? "CTRL-CHAR, code " : `'${String.fromCodePoint(code)}' (code `;
    return new JsonFailure("malformed", `Unexpected character (${shown}${code}${code < 0x20 ? "" : ")"})`);
  }

  #exponent(): void {
    const { bytes, end } = this;
    let at = this.at + 1;
    const sign = bytes[at];
    if (at < end && (sign === 0x2b || sign === char.minus)) at += 1;
    const from = at;
    let exponent = 0;
    while (at < end && (bytes[at] as number) >= char.zero && (bytes[at] as number) <= char.nine) {
      // Beyond any double's range it only has to stay large.
      if (exponent < 100_000_000) exponent = exponent * 10 + ((bytes[at] as number) - char.zero);
      at += 1;
    }
    this.at = at;
    if (at === from) throw this.unexpected();
    this.isInteger = false;
    this.power += sign === char.minus ? -exponent : exponent;
  }

  #escapedString(from: number, at: number): void {
    const found = unescapeString(this.bytes, from, at, this.end);
    this.at = found.at;
    if (found.text === undefined) throw this.unexpected();
    this.text = found.text;
    this.textFrom = 0;
    this.textTo = found.text.length;
  }

  #skipObject(depth: number): void {
    if (depth > maxDepth) throw this.#tooDeep();
    this.at += 1;
    if (this.peek() === char.closeObject) {
      this.at += 1;
      return;
    }
    do {
      if (this.peek() !== char.quote) throw this.unexpected();
      this.string();
      this.expect(char.colon);
      this.skipValue(depth);
    } while (this.more(char.closeObject));
  }

  #skipArray(depth: number): void {
    if (depth > maxDepth) throw this.#tooDeep();
    this.at += 1;
    if (this.peek() === char.closeArray) {
      this.at += 1;
      return;
    }
    do this.skipValue(depth);
    while (this.more(char.closeArray));
  }

  #tooDeep(): JsonFailure {
    return new JsonFailure("malformed", `Document nesting depth exceeds the maximum allowed (${maxDepth})`);
  }
}
