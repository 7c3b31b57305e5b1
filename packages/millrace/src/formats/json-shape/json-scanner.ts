import { integerKind } from "./integer-kind.ts";
import type { JsonPathStep } from "./json-path.ts";
import { type Shape, type ShapeField, seen } from "./shape.ts";

/** Values nested deeper are passed over and count as strings: the scanner recurses. */
const maxDepth = 100;

/** Members of one object's shape; further names are passed over. Objects used as maps have many. */
const maxFields = 5_000;

/** Members of all shapes of one scan, which bounds its memory. */
const maxTotalFields = 50_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** How a scan of one value ended: at its end, at the end of the bytes, or where the bytes are no JSON. */
export type ScanEnd = "value" | "truncated" | "invalid";

/**
 * Reads JSON values and notes their shape, without building them: numbers keep the difference between 1 and
 * 1.0, and a document's members are found by comparing bytes. One scanner reads one buffer.
 */
export class JsonScanner {
  readonly #bytes: Buffer;
  readonly #end: number;
  /** Where the scan is; after "invalid", the first byte that does not fit. */
  at = 0;
  /** Values that were selected and read to their end. */
  records = 0;
  #totalFields = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  /** Goes past white space, record separators (RFC 7464) included; whether anything follows. */
  skipSpace(): boolean {
    const bytes = this.#bytes;
    let at = this.at;
    for (; at < this.#end; at += 1) {
      const byte = bytes[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09 && byte !== 0x1e) break;
    }
    this.at = at;
    return at < this.#end;
  }

  /** Reads one value; what the path selects in it goes into `shape`. An empty path selects the value. */
  value(shape: Shape, path: readonly JsonPathStep[], step: number): ScanEnd {
    if (step === path.length) {
      const end = this.#into(shape, 0);
      if (end === "value") this.records += 1;
      return end;
    }
    if (!this.skipSpace()) return "truncated";
    const wanted = path[step];
    const byte = this.#bytes[this.at];
    if (byte === openBrace && (wanted?.kind === "name" || wanted?.kind === "any")) {
      return this.#members((field) =>
        wanted.kind === "any" || field === wanted.name ? this.value(shape, path, step + 1) : this.#pass(),
      );
    }
    if (byte === openBracket && (wanted?.kind === "index" || wanted?.kind === "any")) {
      return this.#elements((index) =>
        wanted.kind === "any" || index === wanted.index ? this.value(shape, path, step + 1) : this.#pass(),
      );
    }
    return this.#pass();
  }

  /** The elements of an array at the top, each a record of its own. */
  arrayOfRecords(element: Shape): ScanEnd {
    return this.#elements(() => {
      const end = this.#into(element, 1);
      if (end === "value") this.records += 1;
      return end;
    });
  }

  #into(shape: Shape, depth: number): ScanEnd {
    if (!this.skipSpace()) return "truncated";
    switch (this.#bytes[this.at]) {
      case openBrace:
        if (depth >= maxDepth) return this.#tooDeep(shape);
        shape.kinds |= seen.object;
        return this.#object(shape, depth);
      case openBracket: {
        if (depth >= maxDepth) return this.#tooDeep(shape);
        shape.kinds |= seen.array;
        const element = shape.element();
        return this.#elements(() => this.#into(element, depth + 1));
      }
      case quote: {
        const end = this.#string();
        if (end === "value") shape.kinds |= seen.string;
        return end;
      }
      default:
        return this.#scalar(shape);
    }
  }

  #object(shape: Shape, depth: number): ScanEnd {
    const bytes = this.#bytes;
    this.at += 1;
    let expected = shape.first;
    for (let first = true; ; first = false) {
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBrace && first) break;
      if (bytes[this.at] !== quote) return "invalid";
      const field = this.#member(shape, expected);
      if (typeof field === "string") return field;
      expected = field?.next;
      const end = field === undefined ? this.#pass() : this.#into(field.shape, depth + 1);
      if (end !== "value") return end;
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBrace) break;
      if (bytes[this.at] !== comma) return "invalid";
      this.at += 1;
    }
    this.at += 1;
    return "value";
  }

  /** Reads a name and its colon. Undefined for a member that is over the limits and is passed over. */
  #member(shape: Shape, expected: ShapeField | undefined): ShapeField | undefined | ScanEnd {
    const start = this.at + 1;
    let field: ShapeField | undefined;
    if (expected !== undefined && this.#isNamed(start, expected.bytes)) {
      field = expected;
      this.at = start + expected.bytes.length + 1;
    } else {
      const end = this.#string();
      if (end !== "value") return end;
      field = this.#named(shape, start, this.at - 1);
    }
    if (!this.skipSpace()) return "truncated";
    if (this.#bytes[this.at] !== colon) return "invalid";
    this.at += 1;
    return field;
  }

  #isNamed(start: number, name: Buffer): boolean {
    const bytes = this.#bytes;
    const length = name.length;
    if (bytes[start + length] !== quote) return false;
    for (let index = 0; index < length; index += 1) {
      if (bytes[start + index] !== name[index]) return false;
    }
    return true;
  }

  #named(shape: Shape, start: number, end: number): ShapeField | undefined {
    const name = this.#text(start, end);
    const known = shape.field(name);
    if (known !== undefined) return known;
    if (shape.fieldCount >= maxFields || this.#totalFields >= maxTotalFields) return undefined;
    this.#totalFields += 1;
    return shape.addField(name, Buffer.from(this.#bytes.subarray(start, end)));
  }

  #text(start: number, end: number): string {
    const text = this.#bytes.toString("utf8", start, end);
    if (!text.includes("\\")) return text;
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      return text;
    }
  }

  #members(read: (name: string) => ScanEnd): ScanEnd {
    const bytes = this.#bytes;
    this.at += 1;
    for (let first = true; ; first = false) {
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBrace && first) break;
      if (bytes[this.at] !== quote) return "invalid";
      const start = this.at + 1;
      const named = this.#string();
      if (named !== "value") return named;
      const name = this.#text(start, this.at - 1);
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] !== colon) return "invalid";
      this.at += 1;
      const end = read(name);
      if (end !== "value") return end;
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBrace) break;
      if (bytes[this.at] !== comma) return "invalid";
      this.at += 1;
    }
    this.at += 1;
    return "value";
  }

  #elements(read: (index: number) => ScanEnd): ScanEnd {
    const bytes = this.#bytes;
    this.at += 1;
    for (let index = 0; ; index += 1) {
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBracket && index === 0) break;
      const end = read(index);
      if (end !== "value") return end;
      if (!this.skipSpace()) return "truncated";
      if (bytes[this.at] === closeBracket) break;
      if (bytes[this.at] !== comma) return "invalid";
      this.at += 1;
    }
    this.at += 1;
    return "value";
  }

  /** From an opening quote to after the closing one. */
  #string(): ScanEnd {
    const bytes = this.#bytes;
    for (let at = this.at + 1; at < this.#end; at += 1) {
      const byte = bytes[at];
      if (byte === quote) {
        this.at = at + 1;
        return "value";
      }
      if (byte === backslash) at += 1;
      // A line break in a string is no JSON, and tells a lost quote early.
      else if (byte === 0x0a) return this.#invalidAt(at);
    }
    this.at = this.#end;
    return "truncated";
  }

  #scalar(shape: Shape): ScanEnd {
    const bytes = this.#bytes;
    const start = this.at;
    let at = start;
    while (at < this.#end && isWordByte(bytes[at] ?? 0)) at += 1;
    if (at === start) return "invalid";
    // What ends with the bytes may go on after them, unless it stands alone at the top.
    if (at === this.#end) {
      this.at = at;
      return "truncated";
    }
    const kind = wordKind(bytes.toString("latin1", start, at));
    if (kind === 0) return "invalid";
    shape.kinds |= kind;
    this.at = at;
    return "value";
  }

  #tooDeep(shape: Shape): ScanEnd {
    shape.kinds |= seen.string;
    return this.#pass();
  }

  /** Goes past a value of any depth without looking at more than its brackets and strings. */
  #pass(): ScanEnd {
    const bytes = this.#bytes;
    let depth = 0;
    do {
      if (!this.skipSpace()) return "truncated";
      const byte = bytes[this.at];
      if (byte === quote) {
        const end = this.#string();
        if (end !== "value") return end;
      } else if (byte === openBrace || byte === openBracket) {
        depth += 1;
        this.at += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) return "invalid";
        depth -= 1;
        this.at += 1;
      } else if (depth > 0 && (byte === comma || byte === colon)) {
        this.at += 1;
      } else {
        const start = this.at;
        while (this.at < this.#end && isWordByte(bytes[this.at] ?? 0)) this.at += 1;
        if (this.at === start) return "invalid";
      }
    } while (depth > 0);
    return "value";
  }

  #invalidAt(at: number): ScanEnd {
    this.at = at;
    return "invalid";
  }
}

function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2e ||
    byte === minus ||
    byte === 0x2b
  );
}

const integer = /^-?(0|[1-9]\d*)$/;
const real = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The kind of a number or literal; 0 if it is neither. NaN and infinities are what Python and Spark write. */
function wordKind(word: string): number {
  const digits = integer.exec(word)?.[1];
  if (digits !== undefined) return integerKind(digits, word.charCodeAt(0) === minus);
  switch (word) {
    case "null":
      return seen.null;
    case "true":
    case "false":
      return seen.boolean;
    case "NaN":
    case "Infinity":
    case "-Infinity":
      return seen.double;
    default:
      return real.test(word) ? seen.double : 0;
  }
}
