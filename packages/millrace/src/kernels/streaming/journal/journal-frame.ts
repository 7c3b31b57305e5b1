import { crc32 } from "node:zlib";

/*
 * A journal file is a sequence of frames, each the durable unit of one append:
 *
 *     frame => magic length crc payload
 *     magic   4 bytes: "MRJ1"
 *     length  u32 LE: bytes of the payload
 *     crc     u32 LE: CRC-32 of the payload
 *     payload UTF-8: a JSON array of round descriptions
 */

const magic = Buffer.from("MRJ1");
const headerBytes = 12;
/** A longer one is no frame of ours. */
const maxPayloadBytes = 256 * 1024 * 1024;

export function encodeFrame(payload: string): Buffer {
  const bytes = Buffer.byteLength(payload);
  const frame = Buffer.allocUnsafe(headerBytes + bytes);
  magic.copy(frame);
  frame.writeUInt32LE(bytes, 4);
  frame.write(payload, headerBytes);
  frame.writeUInt32LE(crc32(frame.subarray(headerBytes)), 8);
  return frame;
}

export interface DecodedFrames {
  readonly payloads: readonly string[];
  /** How the bytes end: behind a frame; in one that was being written; or in damage with frames behind it. */
  readonly end: "whole" | "torn" | "damaged";
}

export function decodeFrames(data: Uint8Array): DecodedFrames {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const payloads: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const payload = payloadAt(bytes, at);
    if (payload === undefined) return { payloads, end: hasFrameAfter(bytes, at + 1) ? "damaged" : "torn" };
    payloads.push(payload.toString("utf8"));
    at += headerBytes + payload.length;
  }
  return { payloads, end: "whole" };
}

function payloadAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + headerBytes > bytes.length || magic.compare(bytes, at, at + 4) !== 0) return undefined;
  const length = bytes.readUInt32LE(at + 4);
  const from = at + headerBytes;
  if (length > maxPayloadBytes || from + length > bytes.length) return undefined;
  const payload = bytes.subarray(from, from + length);
  return crc32(payload) === bytes.readUInt32LE(at + 8) ? payload : undefined;
}

/** Only the last append can be torn: a whole frame behind a broken one means that acknowledged bytes are gone. */
function hasFrameAfter(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(magic, from); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    if (payloadAt(bytes, at) !== undefined) return true;
  }
  return false;
}
