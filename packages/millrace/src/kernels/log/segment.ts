import path from "node:path";
import { type FrameHeader, frameHeaderBytes } from "./frame.ts";
import type { Offset } from "./offset.ts";
import { type SegmentHeader, segmentFooterBytes, segmentHeaderBytes } from "./segment-header.ts";
import { SegmentIndex } from "./segment-index.ts";
import { countFrame, emptyStats, type SegmentStats } from "./segment-stats.ts";

/** The names of a log's files. */
export const segmentSuffix = ".seg";
export const indexSuffix = ".idx";
const digits = 20;

/** `00000000000000000042.seg` begins with offset 42, so that names sort as offsets do. */
export function segmentName(firstOffset: Offset): string {
  return String(firstOffset).padStart(digits, "0") + segmentSuffix;
}

/** The offset in a segment's name, or undefined when it is not one. */
export function offsetOfName(name: string): number | undefined {
  if (!/^\d{20}\.seg$/.test(name)) return undefined;
  const offset = Number(name.slice(0, digits));
  return Number.isSafeInteger(offset) ? offset : undefined;
}

/** What is known of one segment file. The writer changes it; readers look at it between two events. */
export class Segment {
  readonly path: string;
  readonly header: SegmentHeader;
  stats: SegmentStats;
  sealed: boolean;
  /** In memory while the segment is written; a sealed segment's is read with its file. */
  index: SegmentIndex | undefined;

  constructor(directory: string, header: SegmentHeader, sealedStats?: SegmentStats) {
    this.path = path.join(directory, segmentName(header.firstOffset));
    this.header = header;
    this.sealed = sealedStats !== undefined;
    this.stats = sealedStats ?? emptyStats(header.firstOffset, segmentHeaderBytes);
    this.index = sealedStats === undefined ? new SegmentIndex() : undefined;
  }

  get indexPath(): string {
    return this.path.slice(0, -segmentSuffix.length) + indexSuffix;
  }

  /** Takes a frame of the given payload size into stats and index. */
  note(frame: FrameHeader, payloadBytes: number): void {
    this.index?.add(frame, this.stats);
    countFrame(this.stats, frame, frameHeaderBytes + payloadBytes);
  }

  /** Forgets everything but the header, before the file is scanned anew. */
  forgetFrames(): void {
    this.stats = emptyStats(this.header.firstOffset, segmentHeaderBytes);
    this.index = new SegmentIndex();
  }

  /** The same file with nothing known of its frames, for a scan that must not disturb readers. */
  emptyCopy(): Segment {
    return new Segment(path.dirname(this.path), this.header);
  }

  get bytes(): number {
    return this.stats.endPosition + (this.sealed ? segmentFooterBytes : 0);
  }
}
