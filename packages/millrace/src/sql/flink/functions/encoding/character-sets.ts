import { EvaluationError } from "../scalar-function.ts";

const names: readonly string[] = Object.freeze([
  "US-ASCII",
  "ISO-8859-1",
  "UTF-8",
  "UTF-16BE",
  "UTF-16LE",
  "UTF-16",
]);

/** @throws EvaluationError */
function checked(name: string): string {
  const known = name.toUpperCase();
  if (!names.includes(known)) {
    throw new EvaluationError(`there is no character set '${name.slice(0, 100)}', only ${names.join(", ")}`);
  }
  return known;
}

/** As Java encodes: a question mark for what the set does not have, UTF-16 with a mark for its byte order. */
export function encodeText(text: string, name: string): Uint8Array {
  switch (checked(name)) {
    case "US-ASCII":
      return singleBytes(text, 0x7f);
    case "ISO-8859-1":
      return singleBytes(text, 0xff);
    case "UTF-16LE":
      return new Uint8Array(Buffer.from(text, "utf16le"));
    case "UTF-16BE":
      return swapped(Buffer.from(text, "utf16le"));
    case "UTF-16":
      return swapped(Buffer.from(`\ufeff${text}`, "utf16le"));
    default:
      return new Uint8Array(Buffer.from(text));
  }
}

export function decodeText(bytes: Uint8Array, name: string): string {
  const buffer = Buffer.from(bytes);
  switch (checked(name)) {
    case "US-ASCII":
      return buffer.toString("latin1").replace(/[\u0080-\u00ff]/g, "\ufffd");
    case "ISO-8859-1":
      return buffer.toString("latin1");
    case "UTF-16LE":
      return buffer.toString("utf16le");
    case "UTF-16BE":
      return Buffer.from(swapped(buffer)).toString("utf16le");
    case "UTF-16":
      if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.subarray(2).toString("utf16le");
      return Buffer.from(swapped(buffer))
        .toString("utf16le")
        .replace(/^\ufeff/, "");
    default:
      return buffer.toString();
  }
}

/** Surrogate pairs are one character. */
function singleBytes(text: string, last: number): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= last ? code : 0x3f;
  });
}

function swapped(buffer: Buffer): Uint8Array {
  const even = buffer.length - (buffer.length % 2);
  const result = new Uint8Array(even);
  for (let index = 0; index < even; index += 2) {
    result[index] = buffer[index + 1] ?? 0;
    result[index + 1] = buffer[index] ?? 0;
  }
  return result;
}
