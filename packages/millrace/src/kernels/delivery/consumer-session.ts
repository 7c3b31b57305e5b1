import { assert } from "../../core/assert.ts";
import type { Timer } from "../../core/clock.ts";
import { advance, type Offset } from "../log/port.ts";
import { BatchBuffer } from "./batch-buffer.ts";
import type { Chain } from "./chain.ts";
import { Deliverer } from "./deliverer.ts";
import type { PartitionBuffers } from "./partition-buffers.ts";
import { observedRun, type PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan } from "./plan.ts";
import type { ConsumerState } from "./positions.ts";
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
  /** Something was delivered, or an attempt failed. */
  readonly onProgress: () => void;
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
      !this.#isSettling &&
      this.#next < source.log.durableOffset &&
      this.#closedBuffers < limits.maxClosedBuffers &&
      (this.#closedBytes < limits.maxClosedBytes || this.#closedBuffers < 2) &&
      this.#router.ahead.size < limits.maxPartitionsAhead &&
      this.#router.claims.size < limits.maxClaims
    );
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
  }

  /** Moves what is incoming into buffers. A buffer takes whole source records and ends when its size is reached. */
  async #fill(buffers: PartitionBuffers): Promise<void> {
    const { incoming, hints } = buffers;
    for (let from = 0; from < incoming.length; ) {
      const buffer = buffers.open ?? this.#openBuffer(buffers, incoming[from]);
      let bytes = 0;
      let to = from;
      while (to < incoming.length && (buffer.bytes + bytes < hints.maxBytes || isPart(incoming, to))) {
        bytes += incoming[to]?.data.length ?? 0;
        to += 1;
      }
      await buffer.add(from === 0 && to === incoming.length ? incoming : incoming.slice(from, to), bytes);
      if (buffer.bytes >= hints.maxBytes) this.#close(buffers);
      from = to;
    }
    buffers.incoming = [];
  }

  #openBuffer(buffers: PartitionBuffers, first: DeliveryRecord | undefined): BatchBuffer {
    assert(first !== undefined, "a buffer begins with a record");
    const { pipeline, plan, clock, observer } = this.#parts;
    const identity = {
      scope: `${pipeline}/${plan.name}/${buffers.key}`,
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
      const first = buffers.open?.identity.firstOffset ?? this.#next;
      if (buffers.dueMs <= nowMs || isEnd || (isFlushing && first < this.#flushTo)) this.#close(buffers);
    }
  }

  #close(buffers: PartitionBuffers): void {
    const { open } = buffers;
    if (open === undefined) return;
    buffers.open = undefined;
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
      // What overflowed is kept before anything is delivered whose place it could take after a restart.
      if (this.#router.claims.hasFresh) await this.#commit();
      await this.#deliverer.deliver(buffers, head);
      buffers.closed.shift();
      this.#closedBuffers -= 1;
      this.#closedBytes -= head.bytes;
      this.#router.release(buffers);
      await this.#commit({ partition: buffers.key, upTo: head.lastOffset });
      this.#wakeup.wake();
      this.#parts.onProgress();
    }
    buffers.isDelivering = false;
  }

  async #commit(delivered?: { readonly partition: string; readonly upTo: Offset }): Promise<void> {
    const { positions, pipeline, plan } = this.#parts;
    const { lowWater } = this;
    const ahead = delivered !== undefined && delivered.upTo >= lowWater ? delivered : undefined;
    if (ahead !== undefined) this.#router.ahead.set(ahead.partition, ahead.upTo);
    const claims = this.#router.claims.takeFresh();
    await positions.commit(
      pipeline,
      plan.name,
      ahead === undefined ? { lowWater, claims } : { lowWater, ahead, claims },
    );
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
    if (passed < limits.idleTrimBytes && !isWanted) return;
    await this.#commit();
    this.#parts.onProgress();
  }

  #nextDue(): Timer | undefined {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const buffers of this.#open) dueMs = Math.min(dueMs, buffers.dueMs);
    if (dueMs === Number.POSITIVE_INFINITY) return undefined;
    const { clock } = this.#parts;
    return clock.after(dueMs - clock.now(), () => this.#wakeup.wake());
  }
}

/** Whether the record before this one was made of the same source record. */
function isPart(records: readonly DeliveryRecord[], at: number): boolean {
  return at > 0 && records[at - 1]?.offset === records[at]?.offset;
}
