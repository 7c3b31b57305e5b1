import { hexDigit } from "./characters.ts";

const SIMPLE: Readonly<Record<string, string>> = Object.freeze({
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
});

const isOctal = (code: number): boolean => code >= 0x30 && code <= 0x37;

/** One escape: what it stands for and where it ends. Numeric escapes stand for bytes of UTF-8. */
interface Escape {
  readonly byte: number | undefined;
  readonly text: string;
  readonly end: number;
}

// \ooo  \xh[h]  \uXXXX  \UXXXXXXXX  \b \f \n \r \t, and any other character for itself. `at` is behind the backslash.
function readEscape(body: string, at: number, extended: boolean): Escape {
  const code = body.charCodeAt(at);
  if (isOctal(code)) {
    let end = at;
    let byte = 0;
    while (end < at + 3 && isOctal(body.charCodeAt(end))) {
      byte = byte * 8 + body.charCodeAt(end++) - 0x30;
    }
    return { byte: byte & 0xff, text: "", end };
  }
  if (extended && code === 0x78 && hexDigit(body.charCodeAt(at + 1)) >= 0) {
    const high = hexDigit(body.charCodeAt(at + 1));
    const low = hexDigit(body.charCodeAt(at + 2));
    return low < 0 ? { byte: high, text: "", end: at + 2 } : { byte: high * 16 + low, text: "", end: at + 3 };
  }
  if (extended && (code === 0x75 || code === 0x55)) {
    const digits = body.slice(at + 1, at + 1 + (code === 0x75 ? 4 : 8));
    const point = /^(?:[0-9a-fA-F]{4}|[0-9a-fA-F]{8})$/.test(digits) ? Number.parseInt(digits, 16) : -1;
    if (point >= 0 && point <= 0x10ffff) {
      return { byte: undefined, text: String.fromCodePoint(point), end: at + 1 + digits.length };
    }
  }
  const character = body.charAt(at);
  return { byte: undefined, text: SIMPLE[character] ?? character, end: at + 1 };
}

const NEXT_ESCAPE = /\\|''/g;

/**
 * Resolves backslashes and doubled quotes in the body of a literal, from the left to the right: a backslash takes the
 * quote behind it. `extended` adds what only E'' literals know: `\x1f`, `\u00e9`.
 */
export function resolveBackslashes(body: string, extended: boolean): string {
  const next = new RegExp(NEXT_ESCAPE);
  let text = "";
  let copied = 0;
  let bytes: number[] = [];
  const append = (part: string): void => {
    if (part !== "" && bytes.length > 0) {
      text += Buffer.from(bytes).toString("utf8");
      bytes = [];
    }
    text += part;
  };
  for (let found = next.exec(body); found !== null; found = next.exec(body)) {
    append(body.slice(copied, found.index));
    if (found[0] === "''") {
      append("'");
      copied = next.lastIndex;
      continue;
    }
    const resolved = readEscape(body, next.lastIndex, extended);
    if (resolved.byte === undefined) {
      append(resolved.text);
    } else {
      bytes.push(resolved.byte);
    }
    copied = resolved.end;
    next.lastIndex = copied;
  }
  append(body.slice(copied));
  return bytes.length > 0 ? text + Buffer.from(bytes).toString("utf8") : text;
}

const UNICODE_ESCAPE = /\\(?:\\|\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))/g;

/** The body of a `U&''` literal: `\00e9`, `\+01f600`, `\\`. Undefined when a code point does not exist. */
export function resolveUnicodeEscapes(body: string): string | undefined {
  let valid = true;
  const text = body.replace(UNICODE_ESCAPE, (whole, long?: string, short?: string) => {
    const digits = long ?? short;
    if (digits === undefined) {
      return "\\";
    }
    const point = Number.parseInt(digits, 16);
    if (point > 0x10ffff) {
      valid = false;
      return whole;
    }
    return String.fromCodePoint(point);
  });
  return valid ? text : undefined;
}
