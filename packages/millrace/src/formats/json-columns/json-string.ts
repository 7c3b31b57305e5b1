const quote = 0x22;
const backslash = 0x5c;

/** What stands for a letter after a backslash; `u` is not among them. */
const escapes: ReadonlyMap<number, number> = new Map([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

export interface Unescaped {
  /** Behind the closing quote, or where the string is broken. */
  readonly at: number;
  /** Undefined if the string is broken. */
  readonly text: Buffer | undefined;
}

/** Reads a string that begins at `from` and has its first backslash at `firstEscape`. */
export function unescapeString(bytes: Buffer, from: number, firstEscape: number, end: number): Unescaped {
  const close = closingQuote(bytes, firstEscape, end);
  if (close.broken) return { at: close.at, text: undefined };
  // No escape is shorter than what it stands for.
  const text = Buffer.allocUnsafe(close.at - from);
  let to = bytes.copy(text, 0, from, firstEscape);
  for (let at = firstEscape; at < close.at; ) {
    const byte = bytes[at] as number;
    if (byte !== backslash) {
      text[to++] = byte;
      at += 1;
      continue;
    }
    const plain = escapes.get(bytes[at + 1] ?? -1);
    if (plain !== undefined) {
      text[to++] = plain;
      at += 2;
      continue;
    }
    const unit = hexUnit(bytes, at, close.at);
    if (unit === undefined) return { at: at + 1, text: undefined };
    const low = isHigh(unit) ? hexUnit(bytes, at + 6, close.at) : undefined;
    const pair = low !== undefined && low >= 0xdc00 && low <= 0xdfff;
    const code = pair ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit;
    // Half a pair has no place in UTF-8.
    const whole = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    to += text.write(String.fromCodePoint(whole), to);
    at += pair ? 12 : 6;
  }
  return { at: close.at + 1, text: text.subarray(0, to) };
}

function closingQuote(bytes: Buffer, from: number, end: number): { at: number; broken: boolean } {
  let at = from;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === quote) return { at, broken: false };
    if (byte < 0x20) return { at, broken: true };
    at += byte === backslash ? 2 : 1;
  }
  return { at: end, broken: true };
}

/** The code unit of `\uXXXX` at this place. */
function hexUnit(bytes: Buffer, at: number, end: number): number | undefined {
  if (at + 6 > end || bytes[at] !== backslash || bytes[at + 1] !== 0x75) return undefined;
  const digits = bytes.toString("latin1", at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
