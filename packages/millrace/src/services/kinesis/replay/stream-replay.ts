import type { Clock } from "../../../core/clock.ts";
import { messageOf, ServiceError } from "../../../core/errors.ts";
import { pause } from "../../../kernels/delivery/index.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { ReplayError } from "./replay-error.ts";
import { type ReplayRange, type ShardRange, shardRanges } from "./replay-range.ts";
import { readReplayed } from "./replayed-records.ts";
import { writeReplayed } from "./replayed-writes.ts";

export interface ReplayRequest {
  readonly sourceId: string;
  readonly targetId: string;
  readonly range: ReplayRange;
  readonly ratePerSecond: number | undefined;
  /** In whose name: shown as a producer of the target and a consumer of the source. */
  readonly party: { readonly principal: { readonly arn: string }; readonly userAgent: string };
}

/** What a replay has done so far. Changed by the replay, read by whoever shows it. */
export interface ReplayProgress {
  copiedRecords: number;
  copiedBytes: number;
  /** Of the range, as the offsets tell; records that have expired in between are fewer. */
  totalRecords: number;
}

/** Shards that are copied at the same time: with `batchBytes` this bounds what is in memory. */
const maxConcurrentShards = 8;
const batchBytes = 1024 * 1024;
const batchRecords = 500;

/**
 * Copies records of one stream into another: each shard in order, children after their parents, so that the records
 * of a partition key keep their order. Partition keys and explicit hash keys are kept; the target's shards are
 * chosen by them. The target's throughput limits do not apply, `ratePerSecond` does.
 */
export class StreamReplay {
  readonly progress: ReplayProgress = { copiedRecords: 0, copiedBytes: 0, totalRecords: 0 };
  readonly #state: KinesisState;
  readonly #request: ReplayRequest;
  readonly #signal: AbortSignal;
  readonly #pace: Pace | undefined;

  constructor(state: KinesisState, request: ReplayRequest, signal: AbortSignal) {
    this.#state = state;
    this.#request = request;
    this.#signal = signal;
    const { ratePerSecond } = request;
    this.#pace = ratePerSecond === undefined ? undefined : new Pace(state.clock, ratePerSecond);
  }

  /** Rejects with the signal's reason when that comes first, with ReplayError for what a user can understand. */
  async run(): Promise<void> {
    const ranges = await shardRanges(this.#source(), this.#request.range, this.#state.clock.now());
    for (const { from, end } of ranges) this.progress.totalRecords += end - from;
    const left = new Map(ranges.map((range) => [range.shard, range]));
    while (left.size > 0) {
      this.#signal.throwIfAborted();
      const ready = [...left.values()].filter(({ parents }) => !parents.some((parent) => left.has(parent)));
      const group = ready.slice(0, maxConcurrentShards);
      const results = await Promise.allSettled(group.map((range) => this.#copy(range)));
      for (const result of results) if (result.status === "rejected") throw result.reason;
      for (const { shard } of group) left.delete(shard);
    }
  }

  async #copy({ shard: index, from, end }: ShardRange): Promise<void> {
    let next = from;
    while (next < end) {
      this.#signal.throwIfAborted();
      const source = this.#source();
      const shard = source.shards.get(index);
      // Its records have expired since.
      if (shard === undefined) return;
      const room = this.#pace?.batch(batchRecords) ?? batchRecords;
      const limits = { end, maxRecords: room, maxBytes: batchBytes };
      const read = await readReplayed(this.#state, source, shard, next, limits).catch(translated);
      if (read.records.length > 0) {
        await this.#pace?.wait(read.records.length, this.#signal);
        this.#state.meter.read(
          source,
          shard,
          read.next,
          read.records.length,
          read.bytes,
          this.#request.party,
        );
        await writeReplayed(this.#state, this.#target(), read, this.#request.party).catch(translated);
        this.progress.copiedRecords += read.records.length;
        this.progress.copiedBytes += read.bytes;
      }
      next = read.next;
    }
  }

  #source(): Stream {
    return this.#stream(this.#request.sourceId, "The stream that is replayed was deleted.");
  }

  #target(): Stream {
    return this.#stream(this.#request.targetId, "The stream that records are copied into was deleted.");
  }

  #stream(id: string, gone: string): Stream {
    const stream = this.#state.streams.byId(id);
    const status = stream?.document.status;
    if (stream === undefined || status === "DELETING") throw new ReplayError("ResourceNotFound", gone);
    return stream;
  }
}

/** Lets so many records a second pass, over all shards of a replay. */
class Pace {
  readonly #clock: Clock;
  readonly #perSecond: number;
  /** When the records that were let pass so far are over. */
  #untilMs: number;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#untilMs = clock.now();
  }

  /** Records that are read at a time: a tenth of a second's, so that a slow replay goes evenly. */
  batch(most: number): number {
    return Math.max(1, Math.min(most, Math.ceil(this.#perSecond / 10)));
  }

  async wait(records: number, signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.now();
    const startMs = Math.max(this.#untilMs, nowMs);
    this.#untilMs = startMs + (records * 1_000) / this.#perSecond;
    if (startMs > nowMs) await pause(this.#clock, startMs - nowMs, signal);
    signal.throwIfAborted();
  }
}

function translated(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error;
  throw new ReplayError(error.code, messageOf(error), { cause: error });
}
