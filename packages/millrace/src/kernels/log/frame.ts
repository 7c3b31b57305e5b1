import { crc32 } from "node:zlib";
import { logLimits } from "./limits.ts";

/*
 * Frame => Length Crc FirstOffset Count Kind AppendTime MaxTime Payload        (big-endian, no padding)
 *   Length      => u32  bytes of Payload
 *   Crc         => u32  CRC-32 of FirstOffset..Payload, started from Salt XOR Length
 *   FirstOffset => u64  offset of the first record
 *   Count       => u32  records; the next frame starts at FirstOffset + Count
 *   Kind        => u16  bits 0-7 the caller's kind (1..255; 0 is a gap), bits 8-14 the caller's flags,
 *                       bit 15 set when Payload is ciphertext followed by a 16-byte tag
 *   AppendTime  => u48  ms since the epoch, never falling within a log
 *   MaxTime     => u48  ms since the epoch, the newest time inside the batch as its writer says
 *
 * Salt is a random u32 of the segment's header. Without it a payload could carry bytes that recovery takes
 * for a frame. A frame of zeros is no frame: it is where preallocated space begins.
 * A gap (kind 0) stands where damaged frames lay; it covers their offsets and, as payload, their bytes.
 */
export const frameHeaderBytes = 34;
const crcStart = 8;
export const gapKind = 0;
const encryptedBit = 0x8000;
const maxTimestamp = 2 ** 48 - 1;

export interface FrameHeader {
  readonly firstOffset: number;
  readonly count: number;
  readonly kind: number;
  readonly flags: number;
  readonly encrypted: boolean;
  readonly appendTimeMs: number;
  readonly maxTimeMs: number;
}

/** A frame as found: `payloadBytes` on disk, so with the tag when encrypted. */
export interface FoundFrame extends FrameHeader {
  readonly payloadBytes: number;
}

/** What lies at a place: a whole good frame, zeros, damage, or the beginning of more bytes than are at hand. */
export type FrameProbe = FoundFrame | "zero" | "bad" | { readonly neededBytes: number };

/** The largest payload on disk: an encrypted one carries a tag. A gap may span a whole segment. */
const maxStoredPayloadBytes = logLimits.maxPayloadBytes + 16;

/** Writes everything but the checksum, which needs the payload. */
export function writeFrameHeader(into: Buffer, at: number, frame: FrameHeader, payloadBytes: number): void {
  into.writeUInt32BE(payloadBytes, at);
  into.writeUInt32BE(Math.floor(frame.firstOffset / 2 ** 32), at + 8);
  into.writeUInt32BE(frame.firstOffset % 2 ** 32, at + 12);
  into.writeUInt32BE(frame.count, at + 16);
  into.writeUInt16BE((frame.encrypted ? encryptedBit : 0) | (frame.flags << 8) | frame.kind, at + 20);
  into.writeUIntBE(frame.appendTimeMs, at + 22, 6);
  into.writeUIntBE(Math.min(Math.max(frame.maxTimeMs, 0), maxTimestamp), at + 28, 6);
}

/** Computes and writes the checksum of a frame whose payload is `parts`; none when it follows its header. */
export function sealFrame(into: Buffer, at: number, salt: number, parts?: readonly Uint8Array[]): void {
  const payloadBytes = into.readUInt32BE(at);
  const inline = parts === undefined ? payloadBytes : 0;
  let crc = crc32(into.subarray(at + crcStart, at + frameHeaderBytes + inline), (salt ^ payloadBytes) >>> 0);
  if (parts !== undefined) for (const part of parts) crc = crc32(part, crc);
  into.writeUInt32BE(crc, at + 4);
}

/** The fields at a place, whether or not they make sense. */
export function readFrameHeader(from: Buffer, at: number): FoundFrame {
  const kind = from.readUInt16BE(at + 20);
  return {
    payloadBytes: from.readUInt32BE(at),
    firstOffset: from.readUInt32BE(at + 8) * 2 ** 32 + from.readUInt32BE(at + 12),
    count: from.readUInt32BE(at + 16),
    kind: kind & 0xff,
    flags: (kind >> 8) & 0x7f,
    encrypted: (kind & encryptedBit) !== 0,
    appendTimeMs: from.readUIntBE(at + 22, 6),
    maxTimeMs: from.readUIntBE(at + 28, 6),
  };
}

/** Whether the fields could be a frame's, before its checksum is looked at. */
export function isPlausible(frame: FoundFrame): boolean {
  if (!Number.isSafeInteger(frame.firstOffset + frame.count)) return false;
  if (frame.kind === gapKind) return frame.payloadBytes <= logLimits.maxSegmentBytes;
  return frame.count > 0 && frame.payloadBytes <= maxStoredPayloadBytes;
}

/** Looks at the frame at `at`. The buffer ends where the segment ends or where the reader stopped. */
export function probeFrame(buffer: Buffer, at: number, salt: number): FrameProbe {
  if (buffer.length - at < frameHeaderBytes) return { neededBytes: frameHeaderBytes };
  const frame = readFrameHeader(buffer, at);
  if (frame.kind === gapKind && isZeroHeader(buffer, at)) return "zero";
  if (!isPlausible(frame)) return "bad";
  const bytes = frameHeaderBytes + frame.payloadBytes;
  if (buffer.length - at < bytes) return { neededBytes: bytes };
  const start = (salt ^ frame.payloadBytes) >>> 0;
  const crc = crc32(buffer.subarray(at + crcStart, at + bytes), start);
  return crc === buffer.readUInt32BE(at + 4) ? frame : "bad";
}

function isZeroHeader(buffer: Buffer, at: number): boolean {
  for (let i = at; i < at + frameHeaderBytes; i++) if (buffer[i] !== 0) return false;
  return true;
}
