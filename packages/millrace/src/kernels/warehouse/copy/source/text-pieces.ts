import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import type { FileEncoding } from "../copy-options.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";

/** Text of a file in pieces. Bytes that are no UTF-8 come as characters from U+DC80 to U+DCFF: 0xDC00 and the byte. */
export async function* textPieces(
  bytes: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  let isFirst = true;
  for await (const piece of bytes) {
    const text = decode(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), false);
    if (text === "") continue;
    // The byte order mark is no part of the data.
    yield isFirst && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    isFirst = false;
  }
  const last = decode(Buffer.alloc(0), true);
  if (last !== "") yield last;
}

type Decoder = (piece: Buffer, isEnd: boolean) => string;

function decoderOf(encoding: FileEncoding): Decoder {
  switch (encoding) {
    case "utf8":
      return utf8Decoder();
    case "iso88591":
      return (piece) => piece.toString("latin1");
    case "utf16le":
      return wideDecoder("le");
    case "utf16be":
      return wideDecoder("be");
    case "utf16":
      return wideDecoder(undefined);
  }
}

function utf8Decoder(): Decoder {
  let rest = Buffer.alloc(0);
  return (piece, isEnd) => {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = isEnd ? all.length : completeEnd(all);
    // The piece's memory may be used again by whoever gave it.
    rest = Buffer.from(all.subarray(end));
    const whole = all.subarray(0, end);
    return isUtf8(whole) ? whole.toString("utf8") : escapedText(whole);
  };
}

/** Before a character that is cut off by the end of the bytes. */
function completeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function escapedText(bytes: Buffer): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(bytes.toString("utf8", start, at), String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
    at++;
    start = at;
  }
  parts.push(bytes.toString("utf8", start));
  return parts.join("");
}

/** Of the character at `at`; 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first > 0xf4 || at + length > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** UTF-16. Without a byte order mark `utf16` is none. @throws LoadFailure */
function wideDecoder(order: "le" | "be" | undefined): Decoder {
  let decoder: TextDecoder | undefined = order === undefined ? undefined : newDecoder(order);
  let rest = Buffer.alloc(0);
  return (piece, isEnd) => {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (decoder === undefined) {
      rest = Buffer.from(all);
      if (all.length < 2 && !isEnd) return "";
      if (all.length === 0) return "";
      decoder = newDecoder(orderOf(all));
    }
    rest = Buffer.alloc(0);
    return decoder.decode(all, { stream: !isEnd });
  };
}

function newDecoder(order: "le" | "be"): TextDecoder {
  return new TextDecoder(order === "le" ? "utf-16le" : "utf-16be", { ignoreBOM: true });
}

function orderOf(bytes: Buffer): "le" | "be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "be";
  throw new LoadFailure(loadCodes.encoding, "Byte order mark of UTF-16 not found");
}
