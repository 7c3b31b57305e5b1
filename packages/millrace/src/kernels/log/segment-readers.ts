import { systemCode } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { type OpenFile, readFully } from "../../core/open-file.ts";
import { CorruptionError } from "./errors.ts";
import { FileWindow } from "./file-window.ts";
import type { LogFiles } from "./files.ts";
import { logLimits } from "./limits.ts";
import type { Segment } from "./segment.ts";
import { segmentHeaderBytes } from "./segment-header.ts";
import { SegmentIndex } from "./segment-index.ts";
import { scanFrames } from "./segment-scan.ts";
import { writeIndex } from "./segment-writer.ts";

/** A segment opened for reading. */
export interface SegmentReader {
  readonly file: OpenFile;
  readonly index: SegmentIndex;
}

interface Slot {
  readonly opening: Promise<SegmentReader>;
  users: number;
  forgotten: boolean;
}

/** Files and indexes of the segments that were read last, shared by a store's logs and bounded. */
export class SegmentReaders {
  readonly #files: LogFiles;
  readonly #log: Logger;
  /** In order of last use: a Map keeps insertion order. */
  readonly #slots = new Map<Segment, Slot>();

  constructor(files: LogFiles, log: Logger) {
    this.#files = files;
    this.#log = log;
  }

  /** Keeps the segment open while `work` runs. */
  async use<T>(segment: Segment, work: (reader: SegmentReader) => Promise<T>): Promise<T> {
    const slot = this.#slots.get(segment) ?? { opening: this.#open(segment), users: 0, forgotten: false };
    this.#slots.delete(segment);
    this.#slots.set(segment, slot);
    slot.users += 1;
    try {
      return await work(await slot.opening);
    } catch (error) {
      if ((await failed(slot.opening)) && this.#slots.get(segment) === slot) this.#slots.delete(segment);
      throw error;
    } finally {
      slot.users -= 1;
      await this.#closeIdle(slot);
    }
  }

  /** The segment was removed, sealed or rescanned: the next use opens it anew. */
  async forget(segment: Segment): Promise<void> {
    const slot = this.#slots.get(segment);
    if (slot === undefined) return;
    this.#slots.delete(segment);
    slot.forgotten = true;
    await this.#closeIdle(slot);
  }

  async close(): Promise<void> {
    for (const segment of [...this.#slots.keys()]) await this.forget(segment);
  }

  async #closeIdle(last: Slot): Promise<void> {
    if (last.forgotten && last.users === 0) await closeSlot(last);
    for (const [segment, slot] of this.#slots) {
      if (this.#slots.size <= logLimits.maxOpenReaders) break;
      if (slot.users > 0) continue;
      this.#slots.delete(segment);
      await closeSlot(slot);
    }
  }

  async #open(segment: Segment): Promise<SegmentReader> {
    const file = await this.#files.open(segment.path, "read");
    try {
      return { file, index: segment.index ?? (await this.#indexOf(segment, file)) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #indexOf(segment: Segment, file: OpenFile): Promise<SegmentIndex> {
    const stored = await readIndex(this.#files, segment);
    if (stored !== undefined && stored.stats.endPosition === segment.stats.endPosition) return stored.index;
    this.#log.warn({ segment: segment.path }, "the index is missing or damaged and is built again");
    return this.#rebuild(segment, file);
  }

  async #rebuild(segment: Segment, file: OpenFile): Promise<SegmentIndex> {
    const scanned = segment.emptyCopy();
    const window = new FileWindow(file, segment.stats.endPosition, logLimits.scanChunkBytes);
    const at = { position: segmentHeaderBytes, nextOffset: segment.header.firstOffset, lastAppendTimeMs: 0 };
    await scanFrames(window, segment.header.salt, at, (frame) => scanned.note(frame, frame.payloadBytes));
    if (at.position !== segment.stats.endPosition)
      throw new CorruptionError(segment.path, at.position, "bad frame");
    scanned.stats.nextOffset = segment.stats.nextOffset;
    await writeIndex(this.#files, this.#log, scanned);
    return scanned.index ?? new SegmentIndex();
  }
}

/** The index file of a segment, or undefined when there is none that fits. */
export async function readIndex(
  files: LogFiles,
  segment: Segment,
): Promise<ReturnType<typeof SegmentIndex.decode>> {
  const file = await openIfThere(files, segment.indexPath);
  if (file === undefined) return undefined;
  try {
    return SegmentIndex.decode(await readFully(file, 0, await file.size()), segment.header.salt);
  } finally {
    await file.close();
  }
}

async function openIfThere(files: LogFiles, path: string): Promise<OpenFile | undefined> {
  try {
    return await files.open(path, "read");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function failed(opening: Promise<SegmentReader>): Promise<boolean> {
  return opening.then(
    () => false,
    () => true,
  );
}

async function closeSlot(slot: Slot): Promise<void> {
  if (await failed(slot.opening)) return;
  await (await slot.opening).file.close();
}
