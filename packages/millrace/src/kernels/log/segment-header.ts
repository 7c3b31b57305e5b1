import { crc32 } from "node:zlib";
import { LogInputError } from "./errors.ts";
import { isOffset, type Offset } from "./offset.ts";
import { readStats, type SegmentStats, statsBytes, writeStats } from "./segment-stats.ts";

/*
 * Header => Copy Copy                       4,096 bytes; the copies are equal, either will do
 *   Copy   => Magic Version Crc Length Body Zeros     2,048 bytes
 *   Magic  => "MRLOGSEG"
 *   Version => u16   1
 *   Crc    => u32    CRC-32 of Body
 *   Length => u16    bytes of Body
 *   Body   => JSON   { id, firstOffset, createdMs, salt, cipher?: { keyId, wrappedKey (base64), nonceSalt } }
 */
export const segmentHeaderBytes = 4096;
const copyBytes = segmentHeaderBytes / 2;
const headerMagic = Buffer.from("MRLOGSEG", "latin1");
const bodyStart = 16;
const version = 1;

export interface SegmentHeader {
  readonly id: string;
  readonly firstOffset: Offset;
  readonly createdMs: number;
  /** Starts every checksum of the segment. */
  readonly salt: number;
  readonly cipher?: SegmentCipherHeader;
}

export interface SegmentCipherHeader {
  readonly keyId: string;
  /** The data key under the key `keyId`, base64. */
  readonly wrappedKey: string;
  /** The upper 32 bits of every nonce of the segment. */
  readonly nonceSalt: number;
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const body = Buffer.from(JSON.stringify(header));
  if (body.length > copyBytes - bodyStart)
    throw new LogInputError("the log id and its wrapped key do not fit a segment");
  const bytes = Buffer.alloc(segmentHeaderBytes);
  for (const at of [0, copyBytes]) {
    headerMagic.copy(bytes, at);
    bytes.writeUInt16BE(version, at + 8);
    bytes.writeUInt32BE(crc32(body), at + 10);
    bytes.writeUInt16BE(body.length, at + 14);
    body.copy(bytes, at + bodyStart);
  }
  return bytes;
}

/** Undefined when neither copy is whole. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | undefined {
  return (
    decodeCopy(bytes.subarray(0, copyBytes)) ?? decodeCopy(bytes.subarray(copyBytes, segmentHeaderBytes))
  );
}

function decodeCopy(bytes: Buffer): SegmentHeader | undefined {
  if (bytes.length < copyBytes || headerMagic.compare(bytes, 0, headerMagic.length) !== 0) return undefined;
  if (bytes.readUInt16BE(8) !== version) return undefined;
  const length = bytes.readUInt16BE(14);
  if (length > copyBytes - bodyStart) return undefined;
  const body = bytes.subarray(bodyStart, bodyStart + length);
  if (crc32(body) !== bytes.readUInt32BE(10)) return undefined;
  const header: SegmentHeader = JSON.parse(body.toString());
  return isOffset(header.firstOffset) ? header : undefined;
}

/*
 * Footer => Magic Crc Stats Zeros           the last 64 bytes of a sealed segment
 *   Magic => "MRLOGEND"
 *   Crc   => u32   CRC-32 of Stats, started from the segment's salt
 */
export const segmentFooterBytes = 64;
const footerMagic = Buffer.from("MRLOGEND", "latin1");

export function encodeSegmentFooter(stats: SegmentStats, salt: number): Buffer {
  const bytes = Buffer.alloc(segmentFooterBytes);
  footerMagic.copy(bytes);
  writeStats(bytes, 12, stats);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 12 + statsBytes), salt), 8);
  return bytes;
}

/** Undefined when these are not the last bytes of a sealed segment. */
export function decodeSegmentFooter(bytes: Buffer, salt: number): SegmentStats | undefined {
  if (bytes.length < segmentFooterBytes || footerMagic.compare(bytes, 0, footerMagic.length) !== 0)
    return undefined;
  if (crc32(bytes.subarray(12, 12 + statsBytes), salt) !== bytes.readUInt32BE(8)) return undefined;
  return readStats(bytes, 12);
}
