import { LoadFailure, loadCodes } from "../load-failure.ts";
import type { ValueReader } from "./number-values.ts";

/**
 * Bytes that are no UTF-8 come as these characters, which no text can hold: 0xDC00 and the byte. PEP 383 calls
 * it surrogateescape.
 */
const invalidBytes = /[\udc80-\udcff]+/;
const allInvalidBytes = /(?<![\ud800-\udbff])[\udc80-\udcff]/g;
const loneInvalid = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

export interface TextRules {
  readonly length: number;
  readonly truncates: boolean;
  readonly trims: boolean;
  readonly replacement: string | undefined;
  /** NULL AS '\0': NUL has a meaning of its own. */
  readonly nullByte: boolean;
}

/** VARCHAR: lengths are bytes. */
export function varcharReader(rules: TextRules): ValueReader {
  return (text) => {
    let value = text;
    if (loneInvalid.test(value)) value = replaced(value, rules.replacement);
    if (rules.trims) value = value.replace(/[ \t]+$/, "");
    checkNullByte(value, rules);
    // A UTF-16 unit is three bytes at most.
    if (value.length * 3 <= rules.length || Buffer.byteLength(value) <= rules.length) return value;
    if (!rules.truncates) throw new LoadFailure(loadCodes.outOfRange, "String length exceeds DDL length");
    return cut(value, rules.length);
  };
}

const beyondAscii = /\P{ASCII}/u;

/** CHAR: one byte a character. It is kept without the blanks at its end. */
export function characterReader(rules: TextRules): ValueReader {
  return (text) => {
    if (loneInvalid.test(text) || beyondAscii.test(text)) throw multibyte(text);
    checkNullByte(text, rules);
    const value = text.replace(/ +$/, "");
    if (value.length <= rules.length) return value;
    if (!rules.truncates) throw new LoadFailure(loadCodes.outOfRange, "Char length exceeds DDL length");
    return value.slice(0, rules.length).replace(/ +$/, "");
  };
}

function checkNullByte(text: string, { nullByte }: TextRules): void {
  if (nullByte && text.includes("\0"))
    throw new LoadFailure(loadCodes.nullByte, "Invalid null byte - field longer than 1 byte");
}

function replaced(text: string, replacement: string | undefined): string {
  if (replacement !== undefined) return text.replace(allInvalidBytes, replacement);
  const [bytes = ""] = invalidBytes.exec(text) ?? [];
  const hex = hexOf(Buffer.from([...bytes].slice(0, 4).map((unit) => unit.charCodeAt(0) & 0xff)));
  throw new LoadFailure(
    loadCodes.codepoint,
    `String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: ${hex} (error ${kindOf(bytes)})`,
  );
}

/** AWS's numbers of what is wrong with a sequence ("Multibyte character load errors"). */
function kindOf(bytes: string): number {
  const first = bytes.charCodeAt(0) & 0xff;
  if (first >= 0xfc) return 3;
  if (first >= 0xf8) return 1;
  if (first >= 0xc2) return 2;
  return first >= 0xc0 ? 4 : 3;
}

function multibyte(text: string): LoadFailure {
  const at = text.search(beyondAscii);
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const bytes = loneInvalid.test(character)
    ? Buffer.from([character.charCodeAt(0) & 0xff])
    : Buffer.from(character);
  return new LoadFailure(
    loadCodes.codepoint,
    `Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: ${hexOf(bytes)}`,
  );
}

function hexOf(bytes: Buffer): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** As many whole characters as fit into so many bytes. */
function cut(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  let end = bytes;
  // Not within a character: the bytes that go on begin with 10.
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end--;
  return encoded.toString("utf8", 0, end);
}

/** VARBYTE comes as hexadecimal digits. @returns the digits */
export function varbyteReader(length: number): ValueReader {
  return (text) => {
    const trimmed = text.trim();
    if (!/^(?:[0-9a-f]{2})*$/i.test(trimmed))
      throw new LoadFailure(loadCodes.type, "Invalid hexadecimal digits for VARBYTE");
    if (trimmed.length > length * 2)
      throw new LoadFailure(loadCodes.outOfRange, "Varbyte length exceeds DDL length");
    return trimmed;
  };
}
