const hexDigits = "0123456789ABCDEF";
const plain = /^[A-Za-z0-9._~-]*$/;

/**
 * Text as SigV4 encodes it: unreserved characters stay, all else is %HH in upper case. What is already
 * encoded counts as the character that it stands for; a stray "%" counts as itself. `keep` stays as it is.
 */
export function normalizeEncoding(text: string, keep = ""): string {
  if (plain.test(text)) return text;
  return encodeBytes(decodeBytes(text), keep);
}

/** Encodes text as it stands, its percent signs included. */
export function percentEncode(text: string, keep = ""): string {
  if (plain.test(text)) return text;
  return encodeBytes(Buffer.from(text, "utf8"), keep);
}

export function percentDecode(text: string): string {
  return text.includes("%") ? decodeBytes(text).toString("utf8") : text;
}

function decodeBytes(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  let to = 0;
  for (let from = 0; from < bytes.length; from++, to++) {
    const byte = bytes[from] ?? 0;
    const decoded = byte === 0x25 ? hexPair(bytes[from + 1], bytes[from + 2]) : undefined;
    bytes[to] = decoded ?? byte;
    if (decoded !== undefined) from += 2;
  }
  return bytes.subarray(0, to);
}

function hexPair(high: number | undefined, low: number | undefined): number | undefined {
  const highValue = hexValue(high);
  const lowValue = hexValue(low);
  return highValue === undefined || lowValue === undefined ? undefined : highValue * 16 + lowValue;
}

function hexValue(code: number | undefined): number | undefined {
  if (code === undefined) return undefined;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}

function encodeBytes(bytes: Buffer, keep: string): string {
  let out = "";
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (byte < 0x80 && (plain.test(char) || keep.includes(char))) out += char;
    else out += `%${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`;
  }
  return out;
}
