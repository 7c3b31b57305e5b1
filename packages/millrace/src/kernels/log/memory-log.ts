import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { checkAppend, KeptBatch, keepable } from "./append-request.ts";
import { BatchRun } from "./batch-run.ts";
import { LogClosedError, LogInputError, LogSealedError, OffsetOutOfRangeError } from "./errors.ts";
import { logLimits } from "./limits.ts";
import { DurableListeners } from "./listeners.ts";
import type { Appended, AppendInput, Batch, Log, LogInfo, ReadLimits, Retention } from "./log.ts";
import { checkRetention } from "./log-options.ts";
import { advance, laterOf, type Offset, toOffset } from "./offset.ts";
import type { CorruptionReport } from "./quarantine.ts";
import { ReadBudget } from "./read-budget.ts";
import type { TimeKind } from "./segment-index.ts";

/** A log that never touches a file: its oldest batches go when it is over its size. Gone with the process. */
export class MemoryLog implements Log {
  readonly id: string;
  readonly corruptions: readonly CorruptionReport[] = [];
  readonly #clock: Clock;
  readonly #listeners: DurableListeners;
  readonly #run = new BatchRun();
  #retention: Retention;
  #firstOffset: Offset = toOffset(0);
  #nextOffset: Offset = toOffset(0);
  #lastAppendTimeMs: number | undefined;
  #sealed = false;
  #closed = false;
  readonly #onClosing: (released: Promise<void>) => void;

  constructor(
    id: string,
    clock: Clock,
    log: Logger,
    retention: Retention,
    onClosing: (released: Promise<void>) => void,
  ) {
    this.id = id;
    this.#clock = clock;
    this.#listeners = new DurableListeners(log);
    this.#retention = retention;
    this.#onClosing = onClosing;
  }

  get firstOffset(): Offset {
    return this.#firstOffset;
  }
  get nextOffset(): Offset {
    return this.#nextOffset;
  }
  get durableOffset(): Offset {
    return this.#nextOffset;
  }
  get sealed(): boolean {
    return this.#sealed;
  }
  get lastAppendTimeMs(): number | undefined {
    return this.#lastAppendTimeMs;
  }
  get info(): LogInfo {
    return { bytes: this.#run.bytes, segments: 0, queuedBytes: 0 };
  }

  append(input: AppendInput): Promise<Appended> {
    return new Promise((resolve) => resolve(this.#append(input)));
  }

  #append(input: AppendInput): Appended {
    this.#refuseClosed();
    if (this.#sealed) throw new LogSealedError(this.id);
    const { parts, bytes } = checkAppend(input);
    const appendTimeMs = Math.max(this.#clock.now(), this.#lastAppendTimeMs ?? 0);
    const header = {
      firstOffset: this.#nextOffset,
      count: input.count,
      kind: input.kind,
      flags: input.flags ?? 0,
      encrypted: false,
      appendTimeMs,
      maxTimeMs: input.maxTimeMs ?? appendTimeMs,
    };
    this.#run.push(new KeptBatch(header, keepable(parts), bytes));
    this.#nextOffset = advance(this.#nextOffset, input.count);
    this.#lastAppendTimeMs = appendTimeMs;
    this.#dropWhile(() => this.#run.bytes > this.#maxBytes);
    this.#listeners.tell(this.#nextOffset);
    return { firstOffset: header.firstOffset, appendTimeMs };
  }

  get #maxBytes(): number {
    return this.#retention.maxBytes ?? logLimits.memoryLogBytes;
  }

  async read(from: Offset, limits: ReadLimits): Promise<readonly Batch[]> {
    this.#refuseClosed();
    if (!(from >= this.#firstOffset && from <= this.#nextOffset)) {
      throw new OffsetOutOfRangeError(from, this.#firstOffset, this.#nextOffset);
    }
    return this.#run.read(from, this.#nextOffset, new ReadBudget(from, limits)) ?? [];
  }

  async offsetForTime(timeMs: number, kind: TimeKind = "append"): Promise<Offset> {
    this.#refuseClosed();
    return laterOf(this.#run.offsetForTime(timeMs, kind) ?? this.#nextOffset, this.#firstOffset);
  }

  onDurable(listener: (durableOffset: Offset) => void): Disposable {
    return this.#listeners.add(listener);
  }

  async seal(): Promise<void> {
    this.#refuseClosed();
    this.#sealed = true;
  }

  async setRetention(retention: Retention): Promise<void> {
    checkRetention(retention);
    await this.trim();
    this.#retention = retention;
    await this.trim();
  }

  async trim(): Promise<void> {
    this.#refuseClosed();
    const { maxAgeMs } = this.#retention;
    const oldestMs = maxAgeMs === undefined ? Number.NEGATIVE_INFINITY : this.#clock.now() - maxAgeMs;
    this.#dropWhile((oldest) => oldest.appendTimeMs < oldestMs || this.#run.bytes > this.#maxBytes);
  }

  async trimTo(offset: Offset): Promise<void> {
    this.#refuseClosed();
    if (!(offset <= this.#nextOffset))
      throw new LogInputError(`offset ${offset} is above the watermark ${this.#nextOffset}`);
    this.#dropWhile((oldest) => oldest.firstOffset + oldest.count <= offset);
    this.#firstOffset = laterOf(offset, this.#firstOffset);
  }

  #dropWhile(test: (oldest: Batch) => boolean): void {
    for (let oldest = this.#run.oldest; oldest !== undefined && test(oldest); oldest = this.#run.oldest) {
      this.#firstOffset = laterOf(advance(oldest.firstOffset, oldest.count), this.#firstOffset);
      this.#run.dropOldest();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#run.clear();
    this.#onClosing(Promise.resolve());
  }

  #refuseClosed(): void {
    if (this.#closed) throw new LogClosedError(this.id);
  }
}
