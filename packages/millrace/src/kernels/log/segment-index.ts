import { crc32 } from "node:zlib";
import type { FrameHeader } from "./frame.ts";
import { logLimits } from "./limits.ts";
import { readStats, type SegmentStats, statsBytes, writeStats } from "./segment-stats.ts";

/*
 * Index file => Magic Crc Salt Count Stats Entry*      rebuilt from its segment when missing or damaged
 *   Magic => "MRLOGIDX"
 *   Crc   => u32   CRC-32 of everything behind it
 *   Salt  => u32   the segment's, so that an index never serves another segment of the same name
 *   Count => u32
 *   Stats          how far the index goes; everything before Stats.EndPosition was durable when it was written
 *   Entry => Offset Position AppendTime MaxBefore         one each 16 KiB
 *     Offset => u64    Position => u32   of a frame
 *     AppendTime => u48   of that frame
 *     MaxBefore  => u48   the greatest MaxTime of the frames before it
 */
const magic = Buffer.from("MRLOGIDX", "latin1");
const entriesStart = 8 + 4 + 4 + 4 + statsBytes;
const entryBytes = 24;

/** Which of a frame's times a search goes by. */
export type TimeKind = "append" | "max";

/** Where the frame that begins with an offset lies. */
export interface IndexedPlace {
  readonly position: number;
  readonly firstOffset: number;
}

/** Finds a place shortly before a wanted offset or time; from there the frames themselves are read. */
export class SegmentIndex {
  readonly #offsets: number[] = [];
  readonly #positions: number[] = [];
  readonly #appendTimes: number[] = [];
  readonly #maxBefore: number[] = [];

  /** Called for each frame with the stats as they were before it. */
  add(frame: FrameHeader, before: SegmentStats): void {
    const last = this.#positions.at(-1);
    if (last !== undefined && before.endPosition - last < logLimits.indexIntervalBytes) return;
    this.#push(frame.firstOffset, before.endPosition, frame.appendTimeMs, before.maxTimeMs);
  }

  #push(offset: number, position: number, appendTimeMs: number, maxBeforeMs: number): void {
    this.#offsets.push(offset);
    this.#positions.push(position);
    this.#appendTimes.push(appendTimeMs);
    this.#maxBefore.push(maxBeforeMs);
  }

  /** A frame that starts at or before `offset`; undefined in an empty segment. */
  placeOfOffset(offset: number): IndexedPlace | undefined {
    return this.#place(lastBelow(this.#offsets, offset + 1));
  }

  /** A frame before which every frame's time is below `timeMs`. */
  placeOfTime(timeMs: number, kind: TimeKind): IndexedPlace | undefined {
    return this.#place(lastBelow(kind === "append" ? this.#appendTimes : this.#maxBefore, timeMs));
  }

  #place(entry: number): IndexedPlace | undefined {
    const position = this.#positions[Math.max(entry, 0)];
    const firstOffset = this.#offsets[Math.max(entry, 0)];
    return position === undefined || firstOffset === undefined ? undefined : { position, firstOffset };
  }

  encode(stats: SegmentStats, salt: number): Buffer {
    const count = this.#offsets.length;
    const bytes = Buffer.alloc(entriesStart + count * entryBytes);
    magic.copy(bytes);
    bytes.writeUInt32BE(salt, 12);
    bytes.writeUInt32BE(count, 16);
    writeStats(bytes, 20, stats);
    for (let i = 0; i < count; i++) {
      const at = entriesStart + i * entryBytes;
      bytes.writeBigUInt64BE(BigInt(this.#offsets[i] ?? 0), at);
      bytes.writeUInt32BE(this.#positions[i] ?? 0, at + 8);
      bytes.writeUIntBE(this.#appendTimes[i] ?? 0, at + 12, 6);
      bytes.writeUIntBE(this.#maxBefore[i] ?? 0, at + 18, 6);
    }
    bytes.writeUInt32BE(crc32(bytes.subarray(12)), 8);
    return bytes;
  }

  /** Undefined when the bytes are not a whole index of the segment with this salt. */
  static decode(bytes: Buffer, salt: number): { index: SegmentIndex; stats: SegmentStats } | undefined {
    if (bytes.length < entriesStart || magic.compare(bytes, 0, magic.length) !== 0) return undefined;
    if (crc32(bytes.subarray(12)) !== bytes.readUInt32BE(8) || bytes.readUInt32BE(12) !== salt)
      return undefined;
    const count = bytes.readUInt32BE(16);
    if (bytes.length !== entriesStart + count * entryBytes) return undefined;
    const index = new SegmentIndex();
    for (let at = entriesStart; at < bytes.length; at += entryBytes) {
      index.#push(
        Number(bytes.readBigUInt64BE(at)),
        bytes.readUInt32BE(at + 8),
        bytes.readUIntBE(at + 12, 6),
        bytes.readUIntBE(at + 18, 6),
      );
    }
    return { index, stats: readStats(bytes, 20) };
  }
}

/** The index of the last value below `bound` in a list that never falls; -1 when there is none. */
function lastBelow(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
