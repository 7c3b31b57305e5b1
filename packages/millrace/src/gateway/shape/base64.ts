import { serializationError } from "./serialization-error.ts";

/** Low bits of the last character before the padding that must be zero: none, two or four of them. */
const spareBits = [0, 0b11, 0b1111];
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
