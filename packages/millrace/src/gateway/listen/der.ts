/**
 * The few DER elements (ITU-T X.690) that a certificate consists of.
 *
 * element = tag length content
 * length  = one byte below 128, else 0x80 + n and n bytes, most significant first
 */
function der(tag: number, ...content: (Buffer | readonly number[])[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([tag]), derLength(bytes.length), bytes]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
export const setOf = (...content: Buffer[]): Buffer => der(0x31, ...content);
export const boolean = (value: boolean): Buffer => der(0x01, [value ? 0xff : 0]);
/** Positive, most significant byte first; its first bit must not be set. */
export const integer = (bytes: Buffer | readonly number[]): Buffer => der(0x02, bytes);
export const bitString = (bytes: Buffer | readonly number[], unusedBits = 0): Buffer =>
  der(0x03, [unusedBits], bytes);
export const octetString = (content: Buffer): Buffer => der(0x04, content);
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text));
/** A context-specific element: `[number]` in ASN.1. */
export const tagged = (number: number, content: Buffer, constructed: boolean): Buffer =>
  der((constructed ? 0xa0 : 0x80) | number, content);

/** An object identifier: the first two numbers in one byte, then base 128 with continuation bits. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const digits = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(0x06, bytes);
}

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
export function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, "");
  return digits < "2050" ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}
