import path from "node:path";
import type { Logger } from "../../core/logger.ts";
import { type OpenFile, readFully } from "../../core/open-file.ts";
import { CorruptionError } from "./errors.ts";
import { FileWindow } from "./file-window.ts";
import type { LogFiles } from "./files.ts";
import { logLimits } from "./limits.ts";
import { temporarySuffix } from "./log-state.ts";
import { type Offset, toOffset } from "./offset.ts";
import { type CorruptionReport, Quarantine, reportOfName } from "./quarantine.ts";
import { indexSuffix, offsetOfName, Segment, segmentName, segmentSuffix } from "./segment.ts";
import {
  decodeSegmentFooter,
  decodeSegmentHeader,
  segmentFooterBytes,
  segmentHeaderBytes,
} from "./segment-header.ts";
import { readIndex } from "./segment-readers.ts";
import { rewriteInPlace, SegmentRepair } from "./segment-repair.ts";
import { isZeroFrom } from "./segment-scan.ts";
import { SegmentWriter, writeIndex } from "./segment-writer.ts";

/** The segments of a log as found on disk, whole, in order, and durable. */
export interface RecoveredSegments {
  readonly segments: Segment[];
  /** The last segment, when it may take more frames. */
  readonly active: SegmentWriter | undefined;
  readonly reports: CorruptionReport[];
}

/** Opens a log's directory after whatever happened to the last run. README.md lists the rules. */
export class LogRecovery {
  readonly #directory: string;
  readonly #files: LogFiles;
  readonly #log: Logger;
  readonly #quarantine: Quarantine;
  readonly #repair: SegmentRepair;
  readonly #segments: Segment[] = [];
  readonly #reports: CorruptionReport[] = [];
  #active: SegmentWriter | undefined;

  constructor(directory: string, files: LogFiles, log: Logger) {
    this.#directory = directory;
    this.#files = files;
    this.#log = log;
    this.#quarantine = new Quarantine(files, log);
    this.#repair = new SegmentRepair(this.#quarantine, log);
  }

  async run(trimmedBelow: Offset): Promise<RecoveredSegments> {
    const offsets = await this.#sortOut(await this.#files.names(this.#directory), trimmedBelow);
    for (const [i, firstOffset] of offsets.entries()) await this.#take(toOffset(firstOffset), offsets[i + 1]);
    await this.#reportHoles(trimmedBelow);
    return { segments: this.#segments, active: this.#active, reports: this.#reports };
  }

  /** Removes what an interrupted run left, collects old reports, returns the first offsets of the segments. */
  async #sortOut(names: readonly string[], trimmedBelow: Offset): Promise<readonly number[]> {
    const all = names.map(offsetOfName).filter((offset) => offset !== undefined);
    // A segment below the trim mark whose removal was interrupted: its successor also begins below the mark.
    const kept = all.filter((_, i) => (all[i + 1] ?? Number.POSITIVE_INFINITY) > trimmedBelow);
    const keptNames = new Set(kept.map((offset) => segmentName(toOffset(offset))));
    for (const name of names) {
      const report = reportOfName(this.#directory, name);
      if (report !== undefined) this.#reports.push(report);
      const segment = name.endsWith(indexSuffix) ? name.slice(0, -indexSuffix.length) + segmentSuffix : name;
      const orphan = offsetOfName(segment) !== undefined && !keptNames.has(segment);
      if (orphan || name.endsWith(temporarySuffix))
        await this.#files.remove(path.join(this.#directory, name));
    }
    return kept;
  }

  async #take(firstOffset: Offset, nextSegmentOffset: number | undefined): Promise<void> {
    const file = await this.#files.open(path.join(this.#directory, segmentName(firstOffset)), "update");
    let keep = false;
    try {
      const size = await file.size();
      const header = decodeSegmentHeader(await readFully(file, 0, segmentHeaderBytes));
      if (header?.firstOffset !== firstOffset) {
        await this.#takeHeadless(firstOffset, file, size, nextSegmentOffset);
        return;
      }
      const footerAt = Math.max(size - segmentFooterBytes, 0);
      const footer = decodeSegmentFooter(await readFully(file, footerAt, segmentFooterBytes), header.salt);
      const whole =
        footer !== undefined && footer.endPosition === footerAt && footer.firstOffset === firstOffset;
      const segment = new Segment(this.#directory, header, whole ? footer : undefined);
      if (!whole) keep = await this.#takeUnsealed(segment, file, size, nextSegmentOffset);
      this.#segments.push(segment);
    } finally {
      if (!keep) await file.close();
    }
  }

  /** Scans a segment without a footer. Returns true when it stays open as the active one. */
  async #takeUnsealed(
    segment: Segment,
    file: OpenFile,
    size: number,
    nextSegmentOffset: number | undefined,
  ): Promise<boolean> {
    const checkpoint = await readIndex(this.#files, segment);
    const believed = checkpoint !== undefined && checkpoint.stats.endPosition <= size;
    if (believed) {
      segment.stats = checkpoint.stats;
      segment.index = checkpoint.index;
    }
    const scannedFrom = segment.stats.endPosition;
    const nextOffset = nextSegmentOffset ?? (believed ? undefined : checkpoint?.stats.nextOffset);
    const end = nextOffset === undefined ? { position: size } : { position: size, nextOffset };
    const reports = await this.#repair.run(segment, file, end);
    this.#reports.push(...reports);
    const { endPosition } = segment.stats;
    if (endPosition > scannedFrom) await rewriteInPlace(file, scannedFrom, endPosition);
    await file.datasync();
    const writer = new SegmentWriter(this.#files, segment, file, Math.max(await file.size(), endPosition));
    if (nextOffset === undefined) {
      this.#active = writer;
      return true;
    }
    await writeIndex(this.#files, this.#log, segment);
    await writer.seal();
    segment.index = undefined;
    return true;
  }

  /** A segment whose header is unreadable: never finished when nothing follows it, else lost as a whole. */
  async #takeHeadless(
    firstOffset: Offset,
    file: OpenFile,
    size: number,
    nextSegmentOffset: number | undefined,
  ): Promise<void> {
    const segmentPath = path.join(this.#directory, segmentName(firstOffset));
    const window = new FileWindow(file, size, logLimits.scanChunkBytes);
    if (nextSegmentOffset === undefined && (await isZeroFrom(window, segmentHeaderBytes))) {
      this.#log.warn({ segment: segmentPath }, "a segment whose creation was interrupted is removed");
      await this.#files.remove(segmentPath);
      return;
    }
    const count = (nextSegmentOffset ?? firstOffset) - firstOffset;
    const region = { segmentPath, position: 0, bytes: size, firstOffset, count };
    this.#reports.push(await this.#quarantine.setFileAside(region));
  }

  /** Offsets must rise from segment to segment; a hole that nobody has reported yet is reported. */
  async #reportHoles(trimmedBelow: Offset): Promise<void> {
    let nextOffset = trimmedBelow;
    let position = 0;
    for (const [i, segment] of this.#segments.entries()) {
      const count = segment.header.firstOffset - nextOffset;
      if (count < 0 && i > 0)
        throw new CorruptionError(segment.path, 0, `it begins before offset ${nextOffset}`);
      if (count > 0 && !this.#reports.some((report) => covers(report, nextOffset, count))) {
        const segmentPath = (this.#segments[i - 1] ?? segment).path;
        const region = { segmentPath, position, bytes: 0, firstOffset: nextOffset, count };
        this.#reports.push(await this.#quarantine.setAside(undefined, region));
      }
      nextOffset = segment.stats.nextOffset;
      position = segment.stats.endPosition;
    }
  }
}

function covers(report: CorruptionReport, firstOffset: number, count: number): boolean {
  return report.firstOffset <= firstOffset && report.firstOffset + report.count >= firstOffset + count;
}
