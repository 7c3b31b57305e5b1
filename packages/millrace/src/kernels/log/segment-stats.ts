import { assert } from "../../core/assert.ts";
import type { FrameHeader } from "./frame.ts";
import { advance, type Offset, toOffset } from "./offset.ts";

/*
 * Stats => Frames FirstOffset NextOffset EndPosition FirstAppend LastAppend MaxTime
 *   Frames      => u32
 *   FirstOffset => u64
 *   NextOffset  => u64   behind the last frame; further when offsets at the end were lost
 *   EndPosition => u32   where the last frame ends
 *   FirstAppend LastAppend MaxTime => u48
 */
export const statsBytes = 42;

/** What a segment holds, kept while it is written and stored in its footer and in its index. */
export interface SegmentStats {
  frames: number;
  readonly firstOffset: Offset;
  nextOffset: Offset;
  endPosition: number;
  firstAppendTimeMs: number;
  lastAppendTimeMs: number;
  maxTimeMs: number;
}

export function emptyStats(firstOffset: Offset, position: number): SegmentStats {
  return {
    frames: 0,
    firstOffset,
    nextOffset: firstOffset,
    endPosition: position,
    firstAppendTimeMs: 0,
    lastAppendTimeMs: 0,
    maxTimeMs: 0,
  };
}

/** Moves the end of the segment behind one more frame of `bytes`. */
export function countFrame(stats: SegmentStats, frame: FrameHeader, bytes: number): void {
  assert(frame.firstOffset === stats.nextOffset, "a frame must continue its segment");
  assert(frame.appendTimeMs >= stats.lastAppendTimeMs, "append times must not fall");
  if (stats.frames === 0) stats.firstAppendTimeMs = frame.appendTimeMs;
  stats.frames += 1;
  stats.nextOffset = advance(stats.nextOffset, frame.count);
  stats.endPosition += bytes;
  stats.lastAppendTimeMs = frame.appendTimeMs;
  stats.maxTimeMs = Math.max(stats.maxTimeMs, frame.maxTimeMs);
}

export function writeStats(into: Buffer, at: number, stats: SegmentStats): void {
  into.writeUInt32BE(stats.frames, at);
  into.writeBigUInt64BE(BigInt(stats.firstOffset), at + 4);
  into.writeBigUInt64BE(BigInt(stats.nextOffset), at + 12);
  into.writeUInt32BE(stats.endPosition, at + 20);
  into.writeUIntBE(stats.firstAppendTimeMs, at + 24, 6);
  into.writeUIntBE(stats.lastAppendTimeMs, at + 30, 6);
  into.writeUIntBE(stats.maxTimeMs, at + 36, 6);
}

/** Only for bytes whose checksum was found right. */
export function readStats(from: Buffer, at: number): SegmentStats {
  return {
    frames: from.readUInt32BE(at),
    firstOffset: toOffset(Number(from.readBigUInt64BE(at + 4))),
    nextOffset: toOffset(Number(from.readBigUInt64BE(at + 12))),
    endPosition: from.readUInt32BE(at + 20),
    firstAppendTimeMs: from.readUIntBE(at + 24, 6),
    lastAppendTimeMs: from.readUIntBE(at + 30, 6),
    maxTimeMs: from.readUIntBE(at + 36, 6),
  };
}
