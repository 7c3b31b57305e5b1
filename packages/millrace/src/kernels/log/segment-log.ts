import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { ActiveSegment } from "./active-segment.ts";
import type { AppendQueue } from "./append-queue.ts";
import type { BatchReader } from "./batch-reader.ts";
import { CorruptionError, LogClosedError, LogError, LogInputError, OffsetOutOfRangeError } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import type { DurableListeners } from "./listeners.ts";
import type { Appended, AppendInput, Batch, Log, LogInfo, ReadLimits, Retention } from "./log.ts";
import { checkRetention, type LogOptions, segmentAgeLimitMs } from "./log-options.ts";
import { type LogState, writeState } from "./log-state.ts";
import type { LogWriter } from "./log-writer.ts";
import { laterOf, type Offset } from "./offset.ts";
import type { CorruptionReport } from "./quarantine.ts";
import type { QueueBudget } from "./queue-budget.ts";
import { ReadBudget } from "./read-budget.ts";
import { expiredSegments } from "./retention.ts";
import type { Segment } from "./segment.ts";
import type { SegmentHealer } from "./segment-healer.ts";
import type { TimeKind } from "./segment-index.ts";
import type { SegmentReaders } from "./segment-readers.ts";
import type { LogTail } from "./tail-cache.ts";

export interface SegmentLogParts {
  readonly state: LogState;
  readonly directory: string;
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: LogOptions;
  readonly segments: Segment[];
  readonly reports: CorruptionReport[];
  readonly active: ActiveSegment;
  readonly writer: LogWriter;
  readonly queue: AppendQueue;
  readonly budget: QueueBudget;
  readonly reader: BatchReader;
  readonly readers: SegmentReaders;
  readonly healer: SegmentHealer;
  readonly listeners: DurableListeners;
  readonly tail: LogTail;
  /** Called when the log begins to close: its files are released when the promise is settled. */
  readonly onClosing: (released: Promise<void>) => void;
}

/** A log on disk: reads and retention here, appends in its LogWriter. Made by `openSegmentLog`. */
export class SegmentLog implements Log {
  readonly #parts: SegmentLogParts;
  #state: LogState;
  #firstOffset: Offset;
  #retention: Retention;
  #closing: Promise<void> | undefined;

  constructor(parts: SegmentLogParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#firstOffset = parts.state.firstOffset;
    this.#retention = parts.options.retention;
    parts.active.maxAgeMs = segmentAgeLimitMs(parts.options, this.#retention);
  }

  get id(): string {
    return this.#state.id;
  }
  get firstOffset(): Offset {
    return this.#firstOffset;
  }
  get nextOffset(): Offset {
    return this.#parts.queue.nextOffset;
  }
  get durableOffset(): Offset {
    return this.#parts.writer.durableOffset;
  }
  get sealed(): boolean {
    return this.#parts.writer.sealed;
  }
  get lastAppendTimeMs(): number | undefined {
    const timeMs = this.#parts.writer.lastAppendTimeMs;
    return timeMs < 0 ? undefined : timeMs;
  }
  get corruptions(): readonly CorruptionReport[] {
    return this.#parts.reports;
  }
  get info(): LogInfo {
    let bytes = 0;
    for (const segment of this.#parts.segments) bytes += segment.bytes;
    return { bytes, segments: this.#parts.segments.length, queuedBytes: this.#parts.budget.bytes };
  }

  append(input: AppendInput): Promise<Appended> {
    return this.#parts.writer.append(input);
  }

  async read(from: Offset, limits: ReadLimits): Promise<readonly Batch[]> {
    this.#refuseClosed();
    if (!(from >= this.#firstOffset && from <= this.nextOffset)) {
      throw new OffsetOutOfRangeError(from, this.#firstOffset, this.nextOffset);
    }
    const budget = new ReadBudget(from, limits);
    const durableOffset = this.durableOffset;
    if (from >= durableOffset) return [];
    const cached = this.#parts.tail.read(from, durableOffset, budget);
    if (cached !== undefined) return cached;
    for (let at = from; at < durableOffset; ) {
      const segment = this.#segmentOf(at);
      if (segment === undefined) break;
      const batches = await this.#reading(segment, () =>
        this.#parts.reader.read(segment, at, durableOffset, budget),
      );
      if (batches === undefined) return this.read(from, limits);
      if (batches.length > 0) return batches;
      at = segment.stats.nextOffset;
    }
    return [];
  }

  /** Undefined when the segment was trimmed away meanwhile. Damage is set aside for the next reader. */
  async #reading<T>(segment: Segment, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!this.#parts.segments.includes(segment)) return undefined;
      if (error instanceof CorruptionError) await this.#heal(segment, error);
      if (error instanceof LogError) throw error;
      throw new LogError("EIO", `log ${this.id} cannot be read`, { retryable: true, cause: error });
    }
  }

  async #heal(segment: Segment, error: CorruptionError): Promise<void> {
    const { log, writer, healer, tail, reports } = this.#parts;
    log.error({ id: this.id, path: error.path, position: error.position }, "a reader met damage in the log");
    await writer.exclusive(async () => {
      try {
        reports.push(...(await healer.heal(segment)));
        tail.clear();
      } catch (cause) {
        log.error({ id: this.id, error: messageOf(cause) }, "the damage could not be set aside");
      }
    });
  }

  /** The segment that holds `offset`, or the first behind it. */
  #segmentOf(offset: Offset): Segment | undefined {
    const { segments } = this.#parts;
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((segments[middle]?.stats.nextOffset ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return segments[low];
  }

  async offsetForTime(timeMs: number, kind: TimeKind = "append"): Promise<Offset> {
    this.#refuseClosed();
    const durableOffset = this.durableOffset;
    for (const segment of [...this.#parts.segments]) {
      const newestMs = kind === "append" ? segment.stats.lastAppendTimeMs : segment.stats.maxTimeMs;
      if (newestMs < timeMs || segment.stats.frames === 0) continue;
      const found = await this.#reading(segment, () =>
        this.#parts.reader.offsetForTime(segment, timeMs, kind, durableOffset),
      );
      if (found !== undefined) return laterOf(found, this.#firstOffset);
    }
    return laterOf(durableOffset, this.#firstOffset);
  }

  onDurable(listener: (durableOffset: Offset) => void): Disposable {
    return this.#parts.listeners.add(listener);
  }

  async seal(): Promise<void> {
    if (this.sealed) return;
    await this.#parts.writer.seal(() => this.#persist(true));
  }

  async setRetention(retention: Retention): Promise<void> {
    checkRetention(retention);
    // What the old retention has expired stays expired.
    await this.trim();
    this.#retention = retention;
    this.#parts.active.maxAgeMs = segmentAgeLimitMs(this.#parts.options, retention);
    await this.trim();
  }

  async trim(): Promise<void> {
    this.#refuseClosed();
    const retention = this.#retention;
    const { maxAgeMs, maxBytes } = retention;
    if (maxAgeMs === undefined && maxBytes === undefined) return;
    const { writer, clock } = this.#parts;
    await writer.exclusive(() => writer.endOldSegment());
    // Not within `exclusive`: this reads, and a reader that meets damage needs its own turn to set it aside.
    const byTime =
      maxAgeMs === undefined ? this.#firstOffset : await this.offsetForTime(clock.now() - maxAgeMs);
    await writer.exclusive(() => this.#removeExpired(byTime, retention));
  }

  async trimTo(offset: Offset): Promise<void> {
    this.#refuseClosed();
    const { writer } = this.#parts;
    if (!(offset <= this.durableOffset))
      throw new LogInputError(`offset ${offset} is above the watermark ${this.durableOffset}`);
    await writer.exclusive(async () => {
      await writer.endSegmentBelow(offset);
      await this.#removeExpired(offset, {});
    });
  }

  async #removeExpired(byTime: Offset, retention: Retention): Promise<void> {
    const { segments } = this.#parts;
    const { expired, firstOffset } = expiredSegments(segments, laterOf(byTime, this.#firstOffset), retention);
    this.#firstOffset = laterOf(firstOffset, this.#firstOffset);
    // The mark is durable before files go: an interrupted removal is finished by the next open.
    if (this.#firstOffset > this.#state.firstOffset) await this.#persist(this.sealed);
    for (const segment of expired) await this.#remove(segment);
    if (expired.length > 0) await this.#parts.files.syncDirectory(this.#parts.directory);
  }

  async #remove(segment: Segment): Promise<void> {
    const { segments, readers, files, reports } = this.#parts;
    segments.splice(segments.indexOf(segment), 1);
    await readers.forget(segment);
    for (const report of reports) {
      if (segment.path.endsWith(report.segment)) await files.remove(report.file);
    }
    const left = reports.filter((report) => !segment.path.endsWith(report.segment));
    reports.splice(0, reports.length, ...left);
    await files.remove(segment.indexPath);
    await files.remove(segment.path);
  }

  async #persist(sealed: boolean): Promise<void> {
    const { files, directory, writer } = this.#parts;
    const state = {
      ...this.#state,
      sealed,
      firstOffset: this.#firstOffset,
      nextOffset: writer.durableOffset,
      lastAppendTimeMs: writer.lastAppendTimeMs,
    };
    await writeState(files, directory, state);
    this.#state = state;
  }

  close(): Promise<void> {
    return this.#close(false);
  }

  /** For the store, which removes the files next: what waits is refused. */
  discard(): Promise<void> {
    return this.#close(true);
  }

  #close(discard: boolean): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = this.#release(discard);
      this.#parts.onClosing(this.#closing);
    }
    return this.#closing;
  }

  async #release(discard: boolean): Promise<void> {
    const { writer, segments, readers, tail } = this.#parts;
    await writer.close(discard);
    tail.clear();
    for (const segment of segments) await readers.forget(segment);
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw new LogClosedError(this.id);
  }
}
