import { messageOf, systemCode } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { type OpenFile, writeFully } from "../../core/open-file.ts";
import { LogFailedError, writeFailure } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import type { EncodedGroup } from "./group-encoder.ts";
import { logLimits } from "./limits.ts";
import { Segment } from "./segment.ts";
import { encodeSegmentFooter, encodeSegmentHeader, type SegmentHeader } from "./segment-header.ts";

const zeros = Buffer.alloc(logLimits.maxExtentBytes);

/**
 * The one segment of a log that takes frames. Called by one task at a time. A failed write leaves the file
 * dirty behind the last good frame: call `repair` before anything else. A failed sync ends the writer.
 */
export class SegmentWriter {
  readonly segment: Segment;
  readonly file: OpenFile;
  readonly #files: LogFiles;
  /** Written so far, frames and zeros: up to here a write changes no metadata. */
  #allocatedBytes: number;
  #checkpointPosition: number;

  constructor(files: LogFiles, segment: Segment, file: OpenFile, allocatedBytes: number) {
    this.#files = files;
    this.segment = segment;
    this.file = file;
    this.#allocatedBytes = allocatedBytes;
    this.#checkpointPosition = segment.stats.endPosition;
  }

  /** Makes the file with its header durable before any frame is written. Empties a file of that name. */
  static async create(files: LogFiles, directory: string, header: SegmentHeader): Promise<SegmentWriter> {
    const bytes = encodeSegmentHeader(header);
    const segment = new Segment(directory, header);
    const file = await openNew(files, segment);
    try {
      await writeFully(file, [bytes], 0);
      await syncFile(header.id, file);
      await files.syncDirectory(directory);
    } catch (error) {
      await file.close();
      await files.remove(segment.path);
      throw writeFailure(header.id, error);
    }
    return new SegmentWriter(files, segment, file, bytes.length);
  }

  /** Appends frames behind the last one. They are not durable before `sync`. */
  async write(group: EncodedGroup): Promise<void> {
    const position = this.segment.stats.endPosition;
    const end = position + group.bytes;
    const extentBytes =
      end <= this.#allocatedBytes || group.bytes >= logLimits.largeGroupBytes ? 0 : extentFor(end);
    try {
      if (extentBytes > 0) await this.#writeWithExtent(group.parts, position, extentBytes);
      else await writeFully(this.file, group.parts, position);
    } catch (error) {
      throw writeFailure(this.segment.header.id, error);
    }
    this.#allocatedBytes = Math.max(this.#allocatedBytes, end + extentBytes);
    for (const frame of group.frames) this.segment.note(frame.header, frame.payloadBytes);
  }

  async #writeWithExtent(parts: readonly Uint8Array[], position: number, extentBytes: number): Promise<void> {
    try {
      await writeFully(this.file, [...parts, zeros.subarray(0, extentBytes)], position);
    } catch (error) {
      if (systemCode(error) !== "ENOSPC") throw error;
      // The frames may still fit where their zeros did not.
      await writeFully(this.file, parts, position);
    }
  }

  async sync(): Promise<void> {
    await syncFile(this.segment.header.id, this.file);
  }

  /** Removes what a failed write left behind, durably: a refused append must not come back after a crash. */
  async repair(): Promise<void> {
    try {
      await this.file.truncate(this.segment.stats.endPosition);
      this.#allocatedBytes = this.segment.stats.endPosition;
      await this.sync();
    } catch (error) {
      throw error instanceof LogFailedError ? error : new LogFailedError(this.segment.header.id, error);
    }
  }

  /** True when so much is durable since the last checkpoint that a recovery should not scan it. */
  get wantsCheckpoint(): boolean {
    return this.segment.stats.endPosition - this.#checkpointPosition >= logLimits.checkpointIntervalBytes;
  }

  /** Call only when everything written is synced. Not synced itself: an older or torn index is no harm. */
  async checkpoint(log: Logger): Promise<void> {
    await writeIndex(this.#files, log, this.segment);
    this.#checkpointPosition = this.segment.stats.endPosition;
  }

  /** Ends the segment for good: cut to its frames, footer, sync. The writer is then closed. */
  async seal(): Promise<void> {
    const { header, stats } = this.segment;
    try {
      await this.file.truncate(stats.endPosition);
      this.#allocatedBytes = stats.endPosition;
      await writeFully(this.file, [encodeSegmentFooter(stats, header.salt)], stats.endPosition);
      await this.sync();
    } catch (error) {
      throw writeFailure(header.id, error);
    }
    this.segment.sealed = true;
    await this.close();
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/**
 * Writes the `.idx` file of a segment whose frames are durable up to its stats. Never fails: an index that
 * was not written, because the disk is full for example, only costs a scan later.
 */
export async function writeIndex(files: LogFiles, log: Logger, segment: Segment): Promise<void> {
  if (segment.index === undefined) return;
  try {
    const bytes = segment.index.encode(segment.stats, segment.header.salt);
    const file = await files.open(segment.indexPath, "create");
    try {
      await writeFully(file, [bytes], 0);
    } finally {
      await file.close();
    }
  } catch (error) {
    log.warn({ segment: segment.path, error: messageOf(error) }, "the index was not written");
  }
}

async function openNew(files: LogFiles, segment: Segment): Promise<OpenFile> {
  try {
    return await files.open(segment.path, "create");
  } catch (error) {
    throw writeFailure(segment.header.id, error);
  }
}

async function syncFile(id: string, file: OpenFile): Promise<void> {
  try {
    await file.datasync();
  } catch (error) {
    throw new LogFailedError(id, error);
  }
}

/** Doubles the file with each extent, within bounds: a small log costs little, a busy one few extensions. */
function extentFor(endPosition: number): number {
  return Math.min(Math.max(endPosition, logLimits.minExtentBytes), logLimits.maxExtentBytes);
}
