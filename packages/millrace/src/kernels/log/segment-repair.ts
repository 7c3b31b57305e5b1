import type { Logger } from "../../core/logger.ts";
import { type OpenFile, readFully, writeFully } from "../../core/open-file.ts";
import { FileWindow } from "./file-window.ts";
import { frameHeaderBytes, gapKind } from "./frame.ts";
import { logLimits } from "./limits.ts";
import { toOffset } from "./offset.ts";
import { type CorruptionReport, type Quarantine, writeGap } from "./quarantine.ts";
import type { Segment } from "./segment.ts";
import { type Continuity, findFrame, isZeroFrom, scanFrames } from "./segment-scan.ts";

/** Where the frames of a segment must end. */
export interface ExpectedEnd {
  /** Nothing behind it belongs to frames. */
  readonly position: number;
  /** The offset behind the last frame, when something else tells it: a footer, an index, the next segment. */
  readonly nextOffset?: number;
}

/**
 * Scans a segment from where its stats end and takes every good frame into them. Damage with good frames
 * behind it, or before a known end, is set aside and becomes a gap. A bad end with nothing known behind it
 * is a torn write that nobody was promised: it is cut.
 */
export class SegmentRepair {
  readonly #quarantine: Quarantine;
  readonly #log: Logger;

  constructor(quarantine: Quarantine, log: Logger) {
    this.#quarantine = quarantine;
    this.#log = log;
  }

  async run(segment: Segment, file: OpenFile, end: ExpectedEnd): Promise<readonly CorruptionReport[]> {
    const reports: CorruptionReport[] = [];
    const window = new FileWindow(file, end.position, logLimits.scanChunkBytes);
    const salt = segment.header.salt;
    for (;;) {
      const at = continuityOf(segment);
      await scanFrames(window, salt, at, (frame) => segment.note(frame, frame.payloadBytes));
      if (await isZeroFrom(window, at.position)) break;
      const search = await findFrame(window, salt, at);
      if (search.found === undefined) {
        if (search.gaveUp) reports.push(await this.#abandonEnd(segment, file, end.position));
        break;
      }
      const { position, frame } = search.found;
      reports.push(await this.#makeGap(segment, file, position, frame.firstOffset, frame.appendTimeMs));
    }
    if (end.nextOffset !== undefined && segment.stats.nextOffset < end.nextOffset) {
      reports.push(await this.#loseEnd(segment, file, end.position, end.nextOffset));
    } else {
      await this.#cut(segment, file, end.position);
    }
    return reports;
  }

  /** Replaces everything from the end of the good frames to `endPosition` by a gap. */
  async #makeGap(
    segment: Segment,
    file: OpenFile,
    endPosition: number,
    nextOffset: number,
    appendTimeMs: number,
  ): Promise<CorruptionReport> {
    const region = regionOf(segment, endPosition, nextOffset);
    const report = await this.#quarantine.setAside(file, region);
    await writeGap(file, region, segment.header.salt, appendTimeMs);
    const gap = {
      firstOffset: region.firstOffset,
      count: region.count,
      kind: gapKind,
      flags: 0,
      encrypted: false,
    };
    segment.note({ ...gap, appendTimeMs, maxTimeMs: 0 }, region.bytes - frameHeaderBytes);
    return report;
  }

  /** The end of the segment is known to have held offsets that are not there. */
  async #loseEnd(
    segment: Segment,
    file: OpenFile,
    endPosition: number,
    nextOffset: number,
  ): Promise<CorruptionReport> {
    if (endPosition - segment.stats.endPosition >= frameHeaderBytes) {
      return this.#makeGap(segment, file, endPosition, nextOffset, segment.stats.lastAppendTimeMs);
    }
    const report = await this.#quarantine.setAside(file, regionOf(segment, endPosition, nextOffset));
    await file.truncate(segment.stats.endPosition);
    segment.stats.nextOffset = toOffset(nextOffset);
    return report;
  }

  /** What lies behind cannot be told apart from frames within bounds: keep a copy, then treat it as torn. */
  #abandonEnd(segment: Segment, file: OpenFile, endPosition: number): Promise<CorruptionReport> {
    return this.#quarantine.setAside(file, regionOf(segment, endPosition, segment.stats.nextOffset));
  }

  async #cut(segment: Segment, file: OpenFile, endPosition: number): Promise<void> {
    const window = new FileWindow(file, endPosition, logLimits.scanChunkBytes);
    if (await isZeroFrom(window, segment.stats.endPosition)) return;
    this.#log.warn(
      {
        segment: segment.path,
        position: segment.stats.endPosition,
        bytes: endPosition - segment.stats.endPosition,
      },
      "a torn write at the end of the log was cut; it had not been acknowledged as durable",
    );
    await file.truncate(segment.stats.endPosition);
    await file.datasync();
  }
}

/**
 * Writes a region over itself. After a failed sync the system may hold pages in memory that it believes are
 * on disk; a later sync would then promise what was never written. Rewriting makes them dirty again.
 */
export async function rewriteInPlace(file: OpenFile, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += logLimits.scanChunkBytes) {
    const bytes = await readFully(file, at, Math.min(logLimits.scanChunkBytes, to - at));
    await writeFully(file, [bytes], at);
  }
}

function continuityOf(segment: Segment): Continuity {
  const { endPosition, nextOffset, lastAppendTimeMs } = segment.stats;
  return { position: endPosition, nextOffset, lastAppendTimeMs };
}

function regionOf(segment: Segment, endPosition: number, nextOffset: number) {
  return {
    segmentPath: segment.path,
    position: segment.stats.endPosition,
    bytes: endPosition - segment.stats.endPosition,
    firstOffset: segment.stats.nextOffset,
    count: nextOffset - segment.stats.nextOffset,
  };
}
