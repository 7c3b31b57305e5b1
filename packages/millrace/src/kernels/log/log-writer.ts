import { assert } from "../../core/assert.ts";
import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { ActiveSegment } from "./active-segment.ts";
import type { AppendQueue } from "./append-queue.ts";
import { type AppendRequest, KeptBatch } from "./append-request.ts";
import { LogCipherError, LogClosedError, LogFailedError, LogFullError, LogSealedError } from "./errors.ts";
import { encodeGroup } from "./group-encoder.ts";
import { logLimits } from "./limits.ts";
import type { Appended, AppendInput } from "./log.ts";
import { advance, type Offset } from "./offset.ts";
import type { LogTail } from "./tail-cache.ts";

export interface LogWriterParts {
  readonly id: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly segmentMaxBytes: number;
  /** 0 syncs every group before it is acknowledged. */
  readonly syncIntervalMs: number;
  readonly active: ActiveSegment;
  readonly queue: AppendQueue;
  readonly tail: LogTail;
  readonly lastAppendTimeMs: number;
  readonly sealed: boolean;
  readonly onDurable: (durableOffset: Offset) => void;
}

/**
 * The appending half of a log on disk. Appends get their offsets at once and gather while a group is being
 * written and synced; then they are the next group: one write, one sync, all acknowledged.
 */
export class LogWriter {
  readonly #parts: LogWriterParts;
  readonly #tasks = new SerialTasks();
  #scheduled = false;
  #sealed: boolean;
  #closed = false;
  #failure: LogFailedError | undefined;
  #syncTimer: Timer | undefined;
  #unsyncedBytes = 0;

  // durable <= written <= next, at all times.
  #writtenOffset: Offset;
  #durableOffset: Offset;
  #lastWrittenMs: number;
  #lastDurableMs: number;

  constructor(parts: LogWriterParts) {
    this.#parts = parts;
    this.#sealed = parts.sealed;
    this.#writtenOffset = parts.queue.nextOffset;
    this.#durableOffset = parts.queue.nextOffset;
    this.#lastWrittenMs = parts.lastAppendTimeMs;
    this.#lastDurableMs = parts.lastAppendTimeMs;
  }

  get durableOffset(): Offset {
    return this.#durableOffset;
  }

  /** Of the newest batch below the watermark; -1 when there never was one. */
  get lastAppendTimeMs(): number {
    return this.#lastDurableMs;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  append(input: AppendInput): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new LogClosedError(this.#parts.id);
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#sealed) throw new LogSealedError(this.#parts.id);
      this.#parts.queue.add(input, resolve, reject);
      this.#schedule();
    });
  }

  /** Waits for the end of the event loop's turn: what arrived together is written together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => void this.#tasks.run(() => this.#commit()));
  }

  /** Runs alone: no group is being written meanwhile. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    return this.#tasks.run(task);
  }

  /** Writes one group. A task a group, so that trims and seals get their turn under load. */
  async #commit(): Promise<void> {
    const { queue, active } = this.#parts;
    if (queue.first !== undefined && this.#failure === undefined) {
      try {
        await this.#commitGroup(queue.first, active);
      } catch (error) {
        await this.#fail(error);
      }
    }
    this.#scheduled = queue.first !== undefined;
    if (this.#scheduled) void this.#tasks.run(() => this.#commit());
  }

  async #commitGroup(first: AppendRequest, active: ActiveSegment): Promise<void> {
    const { queue, segmentMaxBytes, syncIntervalMs } = this.#parts;
    if (active.mustEndFor(first)) await this.#endSegment();
    const writer = active.writer ?? (await active.begin(first));
    const { segment } = writer;
    const group = queue.group(segment, segmentMaxBytes);
    const key = group.some((request) => request.header.encrypted) ? await active.key(segment) : undefined;
    const encoded = encodeGroup(group, segment.header.salt, key);
    await writer.write(encoded);
    this.#noteWritten(group, encoded.bytes);
    if (syncIntervalMs === 0) await this.#syncNow();
    else this.#syncLater();
    queue.settle(group.length);
  }

  #noteWritten(group: readonly AppendRequest[], bytes: number): void {
    for (const request of group) {
      assert(
        request.header.firstOffset === this.#writtenOffset,
        "frames are written in the order of offsets",
      );
      this.#writtenOffset = advance(this.#writtenOffset, request.header.count);
      this.#lastWrittenMs = request.header.appendTimeMs;
      this.#parts.tail.push(new KeptBatch(request.header, request.payload, request.payloadBytes));
    }
    this.#unsyncedBytes += bytes;
  }

  async #syncNow(): Promise<void> {
    this.#syncTimer?.cancel();
    this.#syncTimer = undefined;
    const { active } = this.#parts;
    if (active.writer === undefined || this.#unsyncedBytes === 0) return;
    await active.writer.sync();
    this.#noteDurable();
    await active.checkpoint();
  }

  #noteDurable(): void {
    this.#unsyncedBytes = 0;
    if (this.#durableOffset === this.#writtenOffset) return;
    assert(this.#durableOffset < this.#writtenOffset, "the watermark only rises");
    assert(this.#writtenOffset <= this.#parts.queue.nextOffset, "only what was assigned can be written");
    this.#durableOffset = this.#writtenOffset;
    this.#lastDurableMs = this.#lastWrittenMs;
    this.#parts.onDurable(this.#durableOffset);
  }

  #syncLater(): void {
    if (this.#unsyncedBytes >= logLimits.maxUnsyncedBytes) void this.#tasks.run(() => this.#syncOrFail());
    this.#syncTimer ??= this.#parts.clock.after(this.#parts.syncIntervalMs, () => {
      void this.#tasks.run(() => this.#syncOrFail());
    });
  }

  async #syncOrFail(): Promise<void> {
    try {
      if (this.#failure === undefined) await this.#syncNow();
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #endSegment(): Promise<void> {
    await this.#parts.active.end();
    this.#noteDurable();
  }

  /** Refuses everything that waits; offsets fall back to what was written. */
  async #fail(thrown: unknown): Promise<void> {
    const { id, log, active, queue } = this.#parts;
    let error = thrown;
    if (error instanceof LogFullError) {
      await active.repair().catch((cause) => {
        error = cause;
      });
    }
    if (!(error instanceof LogFullError || error instanceof LogCipherError)) {
      this.#failure = error instanceof LogFailedError ? error : new LogFailedError(id, error);
    }
    const answer = this.#failure ?? error;
    const cause = answer instanceof Error && answer.cause !== undefined ? messageOf(answer.cause) : undefined;
    log.error({ id, error: messageOf(answer), cause }, "appends are refused");
    queue.refuseAll(answer, this.#writtenOffset);
  }

  /** Within `exclusive`: ends the active segment when its age says so, so that it can be trimmed. */
  async endOldSegment(): Promise<void> {
    if (this.#failure === undefined && this.#parts.active.isOld)
      await this.#guarded(() => this.#endSegment());
  }

  /** Within `exclusive`: ends the active segment when all of it lies below the offset, so that it can go. */
  async endSegmentBelow(offset: Offset): Promise<void> {
    const stats = this.#parts.active.writer?.segment.stats;
    if (this.#failure !== undefined || stats === undefined || stats.frames === 0) return;
    if (stats.nextOffset <= offset) await this.#guarded(() => this.#endSegment());
  }

  /** Takes no more appends, writes those that wait, ends the last segment, then runs `persist`. */
  async seal(persist: () => Promise<void>): Promise<void> {
    if (this.#closed) throw new LogClosedError(this.#parts.id);
    if (this.#failure !== undefined) throw this.#failure;
    this.#sealed = true;
    try {
      await this.#drain();
      await this.exclusive(async () => {
        await this.#guarded(() => this.#endSegment());
        await persist();
      });
    } catch (error) {
      this.#sealed = false;
      throw error;
    }
  }

  /** A failure outside a commit has the same consequences as one inside. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      await work();
    } catch (error) {
      await this.#fail(error);
      throw this.#failure ?? error;
    }
  }

  async #drain(): Promise<void> {
    while (this.#parts.queue.first !== undefined && this.#failure === undefined) {
      await this.exclusive(() => this.#commit());
    }
  }

  /** Discarding refuses what waits, for a log that is being deleted. */
  async close(discard: boolean): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (!discard) await this.#drain();
    await this.exclusive(async () => {
      const { id, active, queue } = this.#parts;
      queue.refuseAll(this.#failure ?? new LogClosedError(id), this.#writtenOffset);
      if (!discard) await this.#syncOrFail();
      this.#syncTimer?.cancel();
      if (this.#failure === undefined && !discard) await active.checkpoint(true);
      await active.close();
    });
  }
}
