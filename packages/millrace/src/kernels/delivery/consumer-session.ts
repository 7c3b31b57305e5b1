import { assert } from "../../core/assert.ts";
import type { Timer } from "../../core/clock.ts";
import { advance, type Offset } from "../log/port.ts";
import { BatchBuffer } from "./batch-buffer.ts";
import type { Chain } from "./chain.ts";
import { Deliverer } from "./deliverer.ts";
import type { PartitionBuffers } from "./partition-buffers.ts";
import { observedRun, type PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan } from "./plan.ts";
import type { Commit, ConsumerState } from "./positions.ts";
import type { DeliveryRecord } from "./record.ts";
import { RecordSink } from "./record-codec.ts";
import type { RecordLog } from "./record-log.ts";
import { Router } from "./router.ts";
import { Wakeup } from "./wakeup.ts";

export interface SessionParts extends PipelineContext {
  readonly plan: ConsumerPlan;
  /** Deterministic; empty when a stage has done the work. */
  readonly chain: Chain;
  readonly source: RecordLog;
  readonly state: ConsumerState;
  /** Ends when everything in the log is delivered, which nobody appends to any more. */
  readonly isLast: boolean;
  /** Something was taken from the log. */
  readonly onRead: () => void;
  /** Something was delivered, or an attempt failed. */
  readonly onProgress: () => void;
}

/** What a consumer has in memory. */
export interface BufferStats {
  /** Buffers that take records: one a partition. */
  readonly partitions: number;
  /** Of records' data in them, and of the one that has most. */
  readonly bytes: number;
  readonly fullestBytes: number;
  /** When the oldest of them got its first record; undefined when there is none. */
  readonly oldestOpenedMs?: number;
  /** Those that take no more and are being delivered, or wait for that. */
  readonly closedBuffers: number;
  readonly closedBytes: number;
}

/**
 * A consumer from its committed position on: reads, fills buffers, delivers, commits. It ends at the first
 * failure of its own, and the next session begins where the commits say, as after a crash.
 */
export class ConsumerSession {
  readonly #parts: SessionParts;
  readonly #router: Router;
  readonly #deliverer: Deliverer;
  readonly #wakeup = new Wakeup();
  readonly #abort = new AbortController();
  readonly #tasks = new Set<Promise<void>>();
  /** Buffers that take records, oldest first. */
  readonly #open = new Set<PartitionBuffers>();
  #failure: { readonly error: unknown } | undefined;
  /** What lies below is in buffers, or was delivered. */
  #next: Offset;
  #committed: Offset;
  #closedBuffers = 0;
  #closedBytes = 0;
  #flushTo = -1;
  #isSettling = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { plan, state, observer } = parts;
    this.#router = new Router(plan, state, (failed) => observer.recordsFailed(plan.name, failed));
    const onWaiting = (): void => {
      this.#wakeup.wake();
      parts.onProgress();
    };
    this.#deliverer = new Deliverer({ ...parts, signal: this.#abort.signal, onWaiting });
    this.#next = state.lowWater;
    this.#committed = state.lowWater;
  }

  /** Everything below is delivered and committed. */
  get committed(): Offset {
    return this.#committed;
  }

  /** Everything below is delivered. */
  get lowWater(): Offset {
    return this.#router.lowWater(this.#next);
  }

  get activePartitions(): number {
    return this.#router.activePartitions;
  }

  /** Of the oldest record that lies in a buffer. */
  get oldestArrivalTimeMs(): number | undefined {
    let oldestMs: number | undefined;
    for (const { oldest } of this.#router.partitions.values()) {
      if (oldest !== undefined)
        oldestMs = Math.min(oldestMs ?? Number.POSITIVE_INFINITY, oldest.oldestArrivalTimeMs);
    }
    return oldestMs;
  }

  /** What waits in memory to become large or old enough, and what is on its way. */
  buffered(): BufferStats {
    let [bytes, fullestBytes, oldestOpenedMs] = [0, 0, Number.POSITIVE_INFINITY];
    for (const { open } of this.#open) {
      if (open === undefined) continue;
      bytes += open.bytes;
      fullestBytes = Math.max(fullestBytes, open.bytes);
      oldestOpenedMs = Math.min(oldestOpenedMs, open.openedMs);
    }
    const partitions = this.#open.size;
    const [closedBuffers, closedBytes] = [this.#closedBuffers, this.#closedBytes];
    return {
      ...{ partitions, bytes, fullestBytes, closedBuffers, closedBytes },
      ...(partitions === 0 ? {} : { oldestOpenedMs }),
    };
  }

  /** What the log holds and no buffer. */
  get next(): Offset {
    return this.#next;
  }

  /** Closes buffers with records below the offset as soon as all of these are read. */
  flushTo(offset: Offset): void {
    this.#flushTo = Math.max(this.#flushTo, offset);
    this.#wakeup.wake();
  }

  /** Reads no more; `run` resolves when each buffer is delivered or waits for another attempt. */
  settle(): void {
    this.#isSettling = true;
    this.#wakeup.wake();
  }

  stop(): void {
    this.#abort.abort(new Error("delivery stops"));
    this.#wakeup.wake();
  }

  /** Resolves when stopped, settled, or at the end of a log that is the last of its kind. Rejects when it failed. */
  async run(): Promise<void> {
    const listening = this.#parts.source.log.onDurable(() => this.#wakeup.wake());
    try {
      await this.#work();
    } finally {
      listening[Symbol.dispose]();
      this.stop();
      await Promise.all(this.#tasks);
      for (const { open, closed } of this.#router.partitions.values())
        for (const buffer of [open, ...closed]) await buffer?.abort();
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure.error;
      this.#closeDue();
      if (this.#isCrowded || this.#isPressed) await this.#makeRoom();
      if (this.#mayRead()) {
        await this.#parts.readers.run(() => this.#read());
        continue;
      }
      await this.#commitProgress();
      if (this.#isFinished()) return;
      const timer = this.#nextDue();
      await this.#wakeup.wait();
      timer?.cancel();
    }
  }

  #mayRead(): boolean {
    const { limits, source } = this.#parts;
    return (
      (!this.#isSettling || this.#hasPartial) &&
      this.#next < source.log.durableOffset &&
      this.#closedBuffers < limits.maxClosedBuffers &&
      (this.#closedBytes < limits.maxClosedBytes || this.#closedBuffers < 2) &&
      (!this.#isCrowded || this.#closedBuffers === 0)
    );
  }

  /** A delivery had begun before a restart, and not all of its records are read again. */
  get #hasPartial(): boolean {
    for (const buffers of this.#open) if (this.#next <= (buffers.endOffset ?? -1)) return true;
    return false;
  }

  /** Too much is kept about what lies above the low-water mark. */
  get #isCrowded(): boolean {
    const { ahead, claims } = this.#router;
    const { limits } = this.#parts;
    return ahead.size >= limits.maxPartitionsAhead || claims.size >= limits.maxClaims;
  }

  /** The backlog nears its bound: buffers are delivered before they are full, so that appends are not refused. */
  get #isPressed(): boolean {
    const { source, limits } = this.#parts;
    const boundBytes = limits.maxBacklogBytes / 2;
    if (source.index.bytes <= boundBytes || this.#closedBuffers > 0) return false;
    return source.index.bytesFrom(this.lowWater) > boundBytes;
  }

  /** Moves the low-water mark, at once or by delivering the buffer that holds it back. */
  async #makeRoom(): Promise<void> {
    const { lowWater } = this;
    if (lowWater > this.#committed) {
      await this.#commit();
      this.#parts.onProgress();
    }
    for (const buffers of this.#open) {
      const isWhole = this.#next > (buffers.endOffset ?? -1);
      if (isWhole && buffers.open?.identity.firstOffset === lowWater) this.#close(buffers);
    }
  }

  #isFinished(): boolean {
    const { isLast, source } = this.#parts;
    if (this.#isSettling) {
      for (const buffers of this.#router.partitions.values()) if (!buffers.isWaiting) return false;
      return true;
    }
    return isLast && this.#next === source.log.nextOffset && this.#router.partitions.size === 0;
  }

  async #read(): Promise<void> {
    const { source, limits, plan, chain } = this.#parts;
    const { signal } = this.#abort;
    if (signal.aborted) return;
    const from = this.#next;
    const batches = await source.log.read(from, { maxBytes: limits.maxReadBytes });
    const last = batches.at(-1);
    // Nothing but gaps follows when nothing is there.
    const end = last === undefined ? source.log.durableOffset : advance(last.firstOffset, last.count);
    assert(end > from, "a read moves on");
    const taken = new RecordSink();
    for (const batch of batches) taken.take(batch, from);
    const processed = await observedRun(this.#parts, plan, chain, taken.records, signal);
    const failed = taken.failed.length > 0 ? taken.failed.concat(processed.failed) : processed.failed;
    const touched = this.#router.route(processed.records, failed);
    const filling = [...touched].map((buffers) => this.#fill(buffers));
    // All of them settle before one's failure ends the session: nobody writes to what is being taken down.
    for (const result of await Promise.allSettled(filling))
      if (result.status === "rejected") throw result.reason;
    this.#next = end;
    this.#parts.onRead();
  }

  /**
   * Moves what is incoming into buffers. A buffer takes whole source records and ends when its size is reached,
   * or where it ended when its delivery began before a restart.
   */
  async #fill(buffers: PartitionBuffers): Promise<void> {
    const { incoming, hints } = buffers;
    // What the intent spoke of is not there any more: another plan has made something else of it.
    const isPast = (incoming[0]?.offset ?? 0) > (buffers.endOffset ?? Number.POSITIVE_INFINITY);
    if (buffers.open === undefined && isPast) buffers.endOffset = undefined;
    for (let from = 0; from < incoming.length; ) {
      const buffer = buffers.open ?? this.#openBuffer(buffers, incoming[from]);
      const { endOffset } = buffers;
      let bytes = 0;
      let to = from;
      for (; to < incoming.length; to++) {
        const { data, offset } = incoming[to] ?? noRecord;
        const isFull = endOffset === undefined ? buffer.bytes + bytes >= hints.maxBytes : offset > endOffset;
        if (isFull && !isPart(incoming, to)) break;
        bytes += data.length;
      }
      if (to > from)
        await buffer.add(from === 0 && to === incoming.length ? incoming : incoming.slice(from, to), bytes);
      const isFull = endOffset === undefined ? buffer.bytes >= hints.maxBytes : to < incoming.length;
      if (isFull || buffer.lastOffset === endOffset) this.#close(buffers);
      from = to;
    }
    buffers.incoming = [];
    // All that came in may be delivered already.
    this.#router.release(buffers);
  }

  #openBuffer(buffers: PartitionBuffers, first: DeliveryRecord | undefined): BatchBuffer {
    assert(first !== undefined, "a buffer begins with a record");
    const { pipeline, plan, clock, observer, state } = this.#parts;
    const source = state.log === "staged" ? `staged-${state.since}` : "intake";
    const identity = {
      scope: `${pipeline}/${plan.name}/${source}/${buffers.key}`,
      partition: buffers.partition,
      firstOffset: first.offset,
      firstArrivalTimeMs: first.arrivalTimeMs,
    };
    buffers.open = new BatchBuffer({
      identity,
      encoder: buffers.kind === "main" ? plan.encoder(identity) : plan.errors.encoder(identity),
      errors: plan.errors,
      openedMs: clock.now(),
      onFailed: (failed) => observer.recordsFailed(plan.name, failed),
    });
    this.#open.add(buffers);
    return buffers.open;
  }

  #closeDue(): void {
    const nowMs = this.#parts.clock.now();
    const isFlushing = this.#next >= this.#flushTo || this.#isSettling;
    const { isLast, source } = this.#parts;
    const isEnd = this.#isSettling || (isLast && this.#next === source.log.nextOffset);
    for (const buffers of this.#open) {
      if (this.#next <= (buffers.endOffset ?? -1)) continue;
      const first = buffers.open?.identity.firstOffset ?? this.#next;
      if (buffers.dueMs <= nowMs || isEnd || (isFlushing && first < this.#flushTo)) this.#close(buffers);
    }
  }

  #close(buffers: PartitionBuffers): void {
    const { open } = buffers;
    if (open === undefined) return;
    buffers.open = undefined;
    buffers.endOffset = undefined;
    this.#open.delete(buffers);
    buffers.closed.push(open);
    this.#closedBuffers += 1;
    this.#closedBytes += open.bytes;
    if (buffers.isDelivering) return;
    buffers.isDelivering = true;
    const task = this.#deliverAll(buffers).catch((error) => {
      if (!this.#abort.signal.aborted) this.#failure ??= { error };
      this.#wakeup.wake();
    });
    this.#tasks.add(task);
    void task.then(() => this.#tasks.delete(task));
  }

  async #deliverAll(buffers: PartitionBuffers): Promise<void> {
    for (let head = buffers.closed[0]; head !== undefined; head = buffers.closed[0]) {
      // A delivery that is repeated after a crash ends where this one does, and what overflowed stays out of it.
      await this.#commit({ intent: { partition: buffers.key, upTo: head.lastOffset } });
      await this.#deliverer.deliver(buffers, head);
      buffers.closed.shift();
      this.#closedBuffers -= 1;
      this.#closedBytes -= head.bytes;
      this.#router.release(buffers);
      await this.#commit({ delivered: { partition: buffers.key, upTo: head.lastOffset } });
      this.#wakeup.wake();
      this.#parts.onProgress();
    }
    buffers.isDelivering = false;
  }

  async #commit(given: Pick<Commit, "delivered" | "intent"> = {}): Promise<void> {
    const { positions, pipeline, plan } = this.#parts;
    const { lowWater } = this;
    const { ahead, claims } = this.#router;
    const { delivered } = given;
    if (delivered !== undefined && delivered.upTo >= lowWater) ahead.set(delivered.partition, delivered.upTo);
    await positions.commit(pipeline, plan.name, { lowWater, claims: claims.takeFresh(), ...given });
    assert(lowWater >= this.#committed, "what is delivered stays delivered");
    this.#committed = lowWater;
    this.#router.dropBelow(lowWater);
  }

  /** Records that came to nothing need no delivery; their passing is committed now and then, and on request. */
  async #commitProgress(): Promise<void> {
    const { lowWater } = this;
    if (lowWater === this.#committed || this.#router.partitions.size > 0) return;
    const { source, limits, isLast } = this.#parts;
    const passed = source.index.bytesFrom(this.#committed) - source.index.bytesFrom(lowWater);
    const isWanted = isLast || this.#isSettling || this.#flushTo > this.#committed;
    if (passed >= limits.idleTrimBytes || isWanted) await this.#commit();
    this.#parts.onProgress();
  }

  #nextDue(): Timer | undefined {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const buffers of this.#open)
      if (this.#next > (buffers.endOffset ?? -1)) dueMs = Math.min(dueMs, buffers.dueMs);
    if (dueMs === Number.POSITIVE_INFINITY) return undefined;
    const { clock } = this.#parts;
    return clock.after(dueMs - clock.now(), () => this.#wakeup.wake());
  }
}

const noRecord = Object.freeze({ data: Buffer.alloc(0), offset: Number.POSITIVE_INFINITY });

/** Whether the record before this one was made of the same source record. */
function isPart(records: readonly DeliveryRecord[], at: number): boolean {
  return at > 0 && records[at - 1]?.offset === records[at]?.offset;
}
