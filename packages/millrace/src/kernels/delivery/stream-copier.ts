import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { DeliveryPipeline } from "./pipeline.ts";
import type { AppendOptions } from "./record-log.ts";
import {
  type SourcePosition,
  type SourceRead,
  type StreamSource,
  StreamSourceError,
} from "./stream-source-port.ts";

/** What a copier tells; its calls must neither throw nor wait. */
export interface CopierObserver {
  copied(records: number, bytes: number, millisBehindLatest: number): void;
  /** Copying is tried again by itself. */
  failed(errorCode: string, errorMessage: string): void;
}

export interface CopierParts {
  readonly source: StreamSource;
  readonly pipeline: Pick<DeliveryPipeline, "appendCopied" | "lanePosition" | "room">;
  /** Records that arrived before are left out. */
  readonly startTimeMs: number;
  /** As the pipeline's `append` takes it; asked for each append. */
  readonly appendOptions: () => AppendOptions;
  readonly observer: CopierObserver;
  readonly clock: Clock;
  readonly log: Logger;
}

const readLimits = Object.freeze({ maxRecords: 5_000, maxBytes: 1024 * 1024 });
/** Shards that are read and copied at the same time: bounds what is in memory to 16 MiB. */
const maxConcurrentShards = 16;
const firstRetryMs = 500;
const maxRetryMs = 30_000;

/**
 * Copies a stream into a pipeline's log: each shard in order, after its parents have ended. The pipeline keeps
 * how far a shard was copied together with the records, so that a crash neither repeats nor leaves out any.
 */
export class StreamCopier {
  readonly #parts: CopierParts;
  readonly #ended = new Set<string>();
  readonly #stop = new AbortController();
  readonly #watch: Disposable;
  readonly #running: Promise<void>;
  #mayHaveMore = true;
  #isRetrying = false;
  #release: (() => void) | undefined;

  constructor(parts: CopierParts) {
    this.#parts = parts;
    this.#watch = parts.source.onChange(() => {
      this.#mayHaveMore = true;
      if (!this.#isRetrying) this.#release?.();
    });
    this.#running = this.#run();
  }

  /** Stops after what is being copied. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#watch[Symbol.dispose]();
    this.#release?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        this.#mayHaveMore = false;
        if (await this.#round()) this.#mayHaveMore = true;
        retryMs = firstRetryMs;
        if (!this.#mayHaveMore) await this.#wait();
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(error);
        await this.#pause(retryMs);
        retryMs = Math.min(retryMs * 2, maxRetryMs);
      }
    }
  }

  /** Copies once from each shard whose turn it is; true when there was anything. */
  async #round(): Promise<boolean> {
    const shards = this.#parts.source.shards();
    // A stream that was made anew has open shards under the ids of those that have ended.
    for (const { id, isClosed } of shards) if (!isClosed) this.#ended.delete(id);
    const unread = new Set(shards.map(({ id }) => id).filter((id) => !this.#ended.has(id)));
    const ready = shards.filter(
      ({ id, parents }) => unread.has(id) && !parents.some((parent) => unread.has(parent)),
    );
    let progressed = false;
    for (let i = 0; i < ready.length && !this.#stop.signal.aborted; i += maxConcurrentShards) {
      await this.#parts.pipeline.room(this.#stop.signal);
      const group = ready.slice(i, i + maxConcurrentShards);
      const outcomes = await Promise.allSettled(group.map(({ id }) => this.#copy(id)));
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") throw outcome.reason;
        progressed ||= outcome.value;
      }
    }
    return progressed;
  }

  async #copy(shardId: string): Promise<boolean> {
    const { source, pipeline, observer, appendOptions } = this.#parts;
    const { records, isEnd, millisBehindLatest } = await source.read(
      shardId,
      await this.#positionOf(shardId),
      readLimits,
    );
    const last = records.at(-1);
    if (last !== undefined) {
      const copies = records.map(({ data, arrivalTimeMs, partitionKey, sequenceNumber }) => ({
        data,
        arrivalTimeMs,
        origin: { partitionKey, sequenceNumber, shardId },
      }));
      await pipeline.appendCopied(shardId, last.sequenceNumber, copies, appendOptions());
      observer.copied(records.length, bytesOf(records), millisBehindLatest);
    }
    // Its children may be read now.
    if (isEnd) this.#ended.add(shardId);
    return last !== undefined || isEnd;
  }

  async #positionOf(shardId: string): Promise<SourcePosition> {
    const sequenceNumber = await this.#parts.pipeline.lanePosition(shardId);
    if (sequenceNumber !== undefined) return { kind: "after", sequenceNumber };
    return { kind: "time", timeMs: this.#parts.startTimeMs };
  }

  #tell(error: unknown): void {
    const { observer, log } = this.#parts;
    if (error instanceof StreamSourceError) {
      observer.failed(error.code, error.message);
      return;
    }
    log.warn({ err: error }, `copying a stream failed, it is tried again: ${messageOf(error)}`);
    observer.failed("InternalError", "The records could not be taken. They are read again.");
  }

  /** Until the source has changed, or the end. */
  async #wait(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    this.#release = undefined;
  }

  /** For this time, whatever the source does, or until the end. */
  async #pause(delayMs: number): Promise<void> {
    this.#isRetrying = true;
    const timer = this.#parts.clock.after(delayMs, () => this.#release?.());
    await this.#wait();
    timer.cancel();
    this.#isRetrying = false;
  }
}

function bytesOf(records: SourceRead["records"]): number {
  return records.reduce((sum, { data }) => sum + data.byteLength, 0);
}
