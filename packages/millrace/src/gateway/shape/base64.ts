import { serializationError } from "./serialization-error.ts";

/** Characters up to which a loop is faster than two calls into the runtime. */
export const shortBlob = 256;
const equals = 0x3d;

/** Low bits of the last character before the padding that must be zero: none, two or four of them. */
const spareBits: readonly number[] = [0, 0b11, 0b1111];
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Values of the characters, by byte; -1 for all others. */
const values = Int8Array.from({ length: 256 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)));

/** Less than any number of bytes: the text is long, not valid, or has escapes. */
const notShort = -1;

/**
 * Decodes the base64 text between `start` and `end`, if it is short. Returns the number of bytes written at
 * `offset`; a negative number when it must be read by `decodeBase64`.
 */
export function decodeShortBase64(
  source: Buffer,
  start: number,
  end: number,
  target: Buffer,
  offset: number,
): number {
  const length = end - start;
  if (length > shortBlob || length % 4 !== 0) return notShort;
  let to = offset;
  let from = start;
  for (; from < end; from += 4) {
    const first = values[source[from] as number] as number;
    const second = values[source[from + 1] as number] as number;
    const third = values[source[from + 2] as number] as number;
    const fourth = values[source[from + 3] as number] as number;
    if ((first | second | third | fourth) < 0) break;
    target[to++] = (first << 2) | (second >> 4);
    target[to++] = (second << 4) | (third >> 2);
    target[to++] = (third << 6) | fourth;
  }
  if (from === end) return to - offset;
  return from === end - 4 ? decodePadded(source, from, target, to) + to - offset : notShort;
}

/** The last four characters, of which one or two are padding. Far below zero when they are not that. */
function decodePadded(source: Buffer, from: number, target: Buffer, offset: number): number {
  const invalid = Number.NEGATIVE_INFINITY;
  const first = values[source[from] as number] as number;
  const second = values[source[from + 1] as number] as number;
  if ((first | second) < 0 || source[from + 3] !== equals) return invalid;
  target[offset] = (first << 2) | (second >> 4);
  if (source[from + 2] === equals) return (second & 0b1111) === 0 ? 1 : invalid;
  const third = values[source[from + 2] as number] as number;
  if (third < 0 || (third & 0b11) !== 0) return invalid;
  target[offset + 1] = (second << 4) | (third >> 2);
  return 2;
}

/**
 * Decodes standard base64 with padding into `target` and returns the number of bytes. Node's decoder skips
 * what it does not know and takes the URL alphabet too; AWS refuses both, so the outcome is checked.
 */
export function decodeBase64(text: string, target: Buffer, offset: number): number {
  const { length } = text;
  if (length === 0) return 0;
  if (length % 4 !== 0) {
    throw invalid(`Base64 encoded length is expected a multiple of 4 bytes but found: ${length}`);
  }
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const expected = (length / 4) * 3 - padding;
  const written = target.write(text, offset, expected, "base64");
  if (written !== expected || text.includes("-") || text.includes("_"))
    throw invalid("Invalid Base64 character");
  if (
    padding > 0 &&
    (alphabet.indexOf(text.charAt(length - padding - 1)) & (spareBits[padding] ?? 0)) !== 0
  ) {
    throw invalid("Invalid last non-pad Base64 character detected");
  }
  return written;
}

function invalid(reason: string): Error {
  return serializationError(`The value can not be converted to a Blob: ${reason}`);
}
