/** The bytes are no JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
}

/** A buffer with the methods behind `toString` that look at no encoding's name, which is half of the time it takes. */
export type ByteText = Buffer & {
  latin1Slice(from: number, to: number): string;
  utf8Slice(from: number, to: number): string;
};

const maxDepth = 1000;

/**
 * Finds the ends of JSON values (RFC 8259, strictly) in bytes, and reads numbers and strings. `end` bounds what may
 * be looked at; offsets come in and go out as numbers.
 */
export class JsonScan {
  bytes: ByteText = Buffer.alloc(0) as ByteText;
  end = 0;
  /** Where the record begins: messages count from there. */
  begin = 0;
  /** Of the number that `number` read last. */
  value = 0;
  isInteger = false;
  /** Whether `value` is the number's exact value: of whole numbers up to 15 digits, of others the nearest double. */
  isExact = false;
  /** Whether the string that `string` read last has neither escapes nor bytes beyond ASCII. */
  isPlain = false;

  fail(at: number, what: string): never {
    throw new JsonSyntaxError(
      at >= this.end ? `ends where ${what} is expected` : `has no ${what} at byte ${at - this.begin}`,
    );
  }

  /** Behind white space. */
  space(from: number): number {
    let at = from;
    while (at < this.end) {
      const byte = this.bytes[at] as number;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
      at += 1;
    }
    return at;
  }

  /** Behind the value that begins at `from`. */
  skip(from: number, depth = 0): number {
    const byte = from < this.end ? (this.bytes[from] as number) : -1;
    if (byte === 0x22) return this.string(from);
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.number(from);
    if (byte === 0x7b) return this.#object(from, depth);
    if (byte === 0x5b) return this.#array(from, depth);
    if (byte === 0x74) return this.#word(from, "true");
    if (byte === 0x66) return this.#word(from, "false");
    if (byte === 0x6e) return this.#word(from, "null");
    return this.fail(from, "value");
  }

  /** Behind the string whose quote stands at `from`. */
  string(from: number): number {
    const { bytes, end } = this;
    let at = from + 1;
    let seen = 0;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte === 0x22) {
        this.isPlain = seen < 0x80;
        return at + 1;
      }
      if (byte < 0x20) return this.fail(at, "character");
      if (byte === 0x5c) {
        at = this.#escape(at + 1);
        seen |= 0x80;
      } else {
        seen |= byte;
        at += 1;
      }
    }
    return this.fail(end, "end of a string");
  }

  /** Behind the escape whose letter stands at `at`. */
  #escape(at: number): number {
    const letter = at < this.end ? (this.bytes[at] as number) : -1;
    if (letter === 0x75) {
      for (let digit = at + 1; digit < at + 5; digit += 1) {
        if (digit >= this.end || !isHex(this.bytes[digit] as number)) this.fail(digit, "hexadecimal digit");
      }
      return at + 5;
    }
    // " \ / b f n r t
    const isKnown =
      letter === 0x22 ||
      letter === 0x5c ||
      letter === 0x2f ||
      letter === 0x62 ||
      letter === 0x66 ||
      letter === 0x6e ||
      letter === 0x72 ||
      letter === 0x74;
    return isKnown ? at + 1 : this.fail(at, "escape");
  }

  /** The text of the string whose quotes stand at `from` and before `to`. */
  text(from: number, to: number, isPlain: boolean): string {
    if (isPlain) return this.bytes.latin1Slice(from + 1, to - 1);
    const text = this.bytes.utf8Slice(from + 1, to - 1);
    return text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
  }

  /** Behind the number that begins at `from`; what it is lies in the fields. */
  number(from: number): number {
    const { bytes, end } = this;
    let at = from;
    const isNegative = bytes[at] === 0x2d;
    if (isNegative) at += 1;
    const first = at;
    let value = 0;
    let byte = at < end ? (bytes[at] as number) : -1;
    while (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + byte - 0x30;
      at += 1;
      byte = at < end ? (bytes[at] as number) : -1;
    }
    if (at === first || (bytes[first] === 0x30 && at > first + 1)) this.fail(first, "digit");
    if (byte !== 0x2e && byte !== 0x65 && byte !== 0x45) {
      this.isInteger = true;
      this.isExact = at - first <= 15;
      this.value = isNegative ? 0 - value : value;
      return at;
    }
    return this.#fraction(from, first, at, value, isNegative);
  }

  #fraction(from: number, first: number, dot: number, whole: number, isNegative: boolean): number {
    const { bytes, end } = this;
    let at = dot;
    let value = whole;
    let digits = dot - first;
    let scale = 0;
    if (bytes[at] === 0x2e) {
      at += 1;
      let byte = at < end ? (bytes[at] as number) : -1;
      while (byte >= 0x30 && byte <= 0x39) {
        value = value * 10 + byte - 0x30;
        scale += 1;
        at += 1;
        byte = at < end ? (bytes[at] as number) : -1;
      }
      if (scale === 0) this.fail(at, "digit");
      digits += scale;
    }
    const exponent = at < end ? (bytes[at] as number) : -1;
    const hasExponent = exponent === 0x65 || exponent === 0x45;
    if (hasExponent) at = this.#exponent(at + 1);
    this.isInteger = false;
    this.isExact = true;
    // Both are exact in doubles, so that the quotient is rounded once.
    if (!hasExponent && digits <= 15) this.value = (isNegative ? -value : value) / 10 ** scale;
    else this.value = Number(bytes.latin1Slice(from, at));
    return at;
  }

  #exponent(from: number): number {
    const { bytes, end } = this;
    let at = from;
    if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at += 1;
    const first = at;
    while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at += 1;
    return at === first ? this.fail(at, "digit") : at;
  }

  #object(from: number, depth: number): number {
    if (depth >= maxDepth) throw new JsonSyntaxError(`is nested deeper than ${maxDepth} levels`);
    let at = this.space(from + 1);
    if (this.bytes[at] === 0x7d && at < this.end) return at + 1;
    for (;;) {
      if (at >= this.end || this.bytes[at] !== 0x22) this.fail(at, "key");
      at = this.space(this.string(at));
      if (at >= this.end || this.bytes[at] !== 0x3a) this.fail(at, "colon");
      at = this.space(this.skip(this.space(at + 1), depth + 1));
      const byte = at < this.end ? (this.bytes[at] as number) : -1;
      if (byte === 0x7d) return at + 1;
      if (byte !== 0x2c) this.fail(at, "comma");
      at = this.space(at + 1);
    }
  }

  #array(from: number, depth: number): number {
    if (depth >= maxDepth) throw new JsonSyntaxError(`is nested deeper than ${maxDepth} levels`);
    let at = this.space(from + 1);
    if (this.bytes[at] === 0x5d && at < this.end) return at + 1;
    for (;;) {
      at = this.space(this.skip(at, depth + 1));
      const byte = at < this.end ? (this.bytes[at] as number) : -1;
      if (byte === 0x5d) return at + 1;
      if (byte !== 0x2c) this.fail(at, "comma");
      at = this.space(at + 1);
    }
  }

  #word(from: number, word: string): number {
    for (let index = 0; index < word.length; index += 1) {
      if (from + index >= this.end || this.bytes[from + index] !== word.charCodeAt(index))
        this.fail(from, "value");
    }
    return from + word.length;
  }
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
