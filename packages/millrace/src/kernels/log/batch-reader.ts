import { CorruptionError, LogCipherError } from "./errors.ts";
import { FileWindow } from "./file-window.ts";
import { type FoundFrame, frameHeaderBytes, gapKind, probeFrame } from "./frame.ts";
import { logLimits } from "./limits.ts";
import type { Batch } from "./log.ts";
import { type Offset, toOffset } from "./offset.ts";
import type { ReadBudget } from "./read-budget.ts";
import type { Segment } from "./segment.ts";
import { decryptPayload, type SegmentKeys } from "./segment-cipher.ts";
import type { IndexedPlace, TimeKind } from "./segment-index.ts";
import type { SegmentReader, SegmentReaders } from "./segment-readers.ts";

interface StoredFrame {
  readonly frame: FoundFrame;
  /** As on disk, a view on the chunk that was read. */
  readonly stored: Buffer;
}

/** Reads batches of one log from its segment files: one read a chunk, payloads as views on it. */
export class BatchReader {
  readonly #id: string;
  readonly #readers: SegmentReaders;
  readonly #keys: SegmentKeys;

  constructor(id: string, readers: SegmentReaders, keys: SegmentKeys) {
    this.#id = id;
    this.#readers = readers;
    this.#keys = keys;
  }

  /** Batches of one segment from the one that contains `from`; none when only gaps follow there. */
  async read(
    segment: Segment,
    from: Offset,
    durableOffset: Offset,
    budget: ReadBudget,
  ): Promise<readonly Batch[]> {
    return this.#readers.use(segment, async (reader) => {
      const place = reader.index.placeOfOffset(from);
      if (place === undefined) return [];
      const stored: StoredFrame[] = [];
      const chunkBytes = Math.max(budget.maxBytes + logLimits.indexIntervalBytes, logLimits.minReadBytes);
      await walk(segment, reader, { place, chunkBytes, durableOffset }, (frame, bytes) => {
        if (frame.firstOffset + frame.count <= from || frame.kind === gapKind) return "skip";
        if (!budget.admit(frame.firstOffset, frame.count, frame.payloadBytes)) return "stop";
        stored.push({ frame, stored: bytes });
        return "take";
      });
      return this.#open(segment, stored);
    });
  }

  /** The first offset of the segment whose batch has a time >= `timeMs`, below the watermark. */
  async offsetForTime(
    segment: Segment,
    timeMs: number,
    kind: TimeKind,
    durableOffset: Offset,
  ): Promise<Offset | undefined> {
    return this.#readers.use(segment, async (reader) => {
      const place = reader.index.placeOfTime(timeMs, kind);
      if (place === undefined) return undefined;
      let found: Offset | undefined;
      const chunkBytes = logLimits.minReadBytes;
      await walk(segment, reader, { place, chunkBytes, durableOffset }, (frame) => {
        if ((kind === "append" ? frame.appendTimeMs : frame.maxTimeMs) < timeMs) return "skip";
        found = toOffset(frame.firstOffset);
        return "stop";
      });
      return found;
    });
  }

  async #open(segment: Segment, frames: readonly StoredFrame[]): Promise<readonly Batch[]> {
    const encrypted = frames.some(({ frame }) => frame.encrypted);
    const key = encrypted
      ? await this.#keys.of(segment).catch((cause) => Promise.reject(this.#keyError(cause)))
      : undefined;
    return frames.map(({ frame, stored }) => {
      const payload = frame.encrypted && key !== undefined ? decryptPayload(key, frame, stored) : stored;
      if (payload === undefined)
        throw new CorruptionError(segment.path, 0, `offset ${frame.firstOffset} has a bad tag`);
      const { count, kind, flags, appendTimeMs, maxTimeMs } = frame;
      return {
        firstOffset: toOffset(frame.firstOffset),
        count,
        kind,
        flags,
        appendTimeMs,
        maxTimeMs,
        payload,
        // What was read from the file for this call.
        isOwn: payload === stored,
      };
    });
  }

  #keyError(cause: unknown): LogCipherError {
    return new LogCipherError(this.#id, cause);
  }
}

interface Walk {
  readonly place: IndexedPlace;
  readonly chunkBytes: number;
  readonly durableOffset: Offset;
}

/**
 * Visits frames from a place on. Once a frame was taken the walk ends with the chunk in memory, so that one
 * call costs one read, or two when a frame is bigger than a chunk. It stops at the watermark before it looks
 * at what may be half written.
 */
async function walk(
  segment: Segment,
  reader: SegmentReader,
  { place, chunkBytes, durableOffset }: Walk,
  visit: (frame: FoundFrame, stored: Buffer) => "skip" | "take" | "stop",
): Promise<void> {
  const window = new FileWindow(reader.file, segment.stats.endPosition, chunkBytes);
  let at = place.position;
  let expectedOffset = place.firstOffset;
  let needed = frameHeaderBytes;
  let taken = false;
  while (at < window.endPosition && expectedOffset < durableOffset) {
    const buffer = taken ? window.held(at) : await window.view(at, needed);
    const probe = probeFrame(buffer, 0, segment.header.salt);
    if (typeof probe === "object" && "neededBytes" in probe) {
      if (taken) return;
      if (buffer.length < needed || probe.neededBytes <= needed) throw damaged(segment, at);
      needed = probe.neededBytes;
      continue;
    }
    if (typeof probe === "string" || probe.firstOffset !== expectedOffset) {
      // What was good before the damage is returned; the next read begins with the damage and reports it.
      if (taken) return;
      throw damaged(segment, at);
    }
    const bytes = frameHeaderBytes + probe.payloadBytes;
    const step = visit(probe, buffer.subarray(frameHeaderBytes, bytes));
    if (step === "stop") return;
    if (step === "take") taken = true;
    at += bytes;
    expectedOffset += probe.count;
    needed = frameHeaderBytes;
  }
}

function damaged(segment: Segment, position: number): CorruptionError {
  return new CorruptionError(segment.path, position, "no whole frame with the expected offset and checksum");
}
