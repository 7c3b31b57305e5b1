import { assert } from "../../core/assert.ts";
import { messageOf, systemCode } from "../../core/errors.ts";
import { LogFailedError, type Offset, toOffset } from "../log/port.ts";
import { Chain } from "./chain.ts";
import { type BufferStats, ConsumerSession } from "./consumer-session.ts";
import { pause } from "./pause.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan } from "./plan.ts";
import { type ConsumerRow, type ConsumerState, stagedName } from "./positions.ts";
import type { BufferHints } from "./processor.ts";
import { type DeliveryLogs, logId, RecordLog } from "./record-log.ts";
import { Stage, stageLane, stagePosition } from "./stage.ts";

export interface ConsumerStats {
  readonly name: string;
  /** About; of records' data that is not delivered. */
  readonly backlogBytes: number;
  readonly backlogRecords: number;
  /** Of the oldest record that is not delivered; undefined when all are. */
  readonly oldestArrivalTimeMs: number | undefined;
  readonly activePartitions: number;
  readonly buffered: BufferStats;
  /** When buffers are delivered. */
  readonly hints: BufferHints;
}

const noBuffers: BufferStats = Object.freeze({
  partitions: 0,
  bytes: 0,
  fullestBytes: 0,
  closedBuffers: 0,
  closedBytes: 0,
});

export interface BranchParts extends PipelineContext {
  readonly plan: ConsumerPlan;
  readonly logs: DeliveryLogs;
  readonly intake: RecordLog;
  readonly encryption: () => { readonly keyId: string } | undefined;
  /** What it needs of the intake may have become less. */
  readonly onProgress: () => void;
}

interface Flush {
  /** Of the intake. */
  readonly target: Offset;
  /** Of the staged log, once the stage has passed the target. */
  stagedTarget: Offset | undefined;
  resolve(): void;
}

/** What is at work between two failures. */
interface Running {
  readonly session: ConsumerSession;
  readonly source: RecordLog;
  readonly stage: Stage | undefined;
}

/**
 * One consumer with the stage before it, if its chain needs one. Whatever fails on its own, such as a full
 * disk, ends both; after a while they begin again from what is committed.
 */
export class Branch {
  readonly #parts: BranchParts;
  readonly #chain: Chain;
  readonly #abort = new AbortController();
  readonly #flushes = new Set<Flush>();
  #running: Running | undefined;
  #staged: RecordLog | undefined;
  #done: Promise<void> | undefined;
  #isSettling = false;
  #trimming: Promise<void> | undefined;
  /** Below it nothing of the intake is needed. */
  #intakeLow: Offset;

  private constructor(parts: BranchParts, intakeLow: Offset) {
    this.#parts = parts;
    this.#chain = new Chain(parts.plan.processors);
    this.#intakeLow = intakeLow;
  }

  /** @param startOffset where in the intake a consumer begins that there was not yet. */
  static async open(parts: BranchParts, startOffset: Offset): Promise<Branch> {
    const { positions, pipeline, plan, intake } = parts;
    const known = positions.consumers(pipeline).get(plan.name);
    if (known === undefined) await positions.begin(pipeline, plan.name, intakeRow(startOffset));
    const low = known?.log === "intake" ? known.lowWater : known === undefined ? startOffset : undefined;
    return new Branch(parts, low ?? intake.log.firstOffset);
  }

  get name(): string {
    return this.#parts.plan.name;
  }

  get intakeLow(): Offset {
    return this.#intakeLow;
  }

  start(): void {
    this.#done = this.#run();
  }

  /** Delivers what is in buffers, but for what its destination refuses, and stops. */
  async settle(): Promise<void> {
    this.#isSettling = true;
    this.#running?.stage?.stop();
    this.#running?.session.settle();
    // A branch that waits to begin again has nothing in buffers.
    if (this.#running === undefined) this.#abort.abort();
    await this.#done;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#running?.stage?.stop();
    this.#running?.session.stop();
    await this.#done;
    await this.#trimming;
  }

  /** Resolves when everything of the intake below the offset is delivered. */
  flush(target: Offset): { readonly done: Promise<void>; cancel(): void } {
    let flush: Flush | undefined;
    const done = new Promise<void>((resolve) => {
      flush = { target, stagedTarget: undefined, resolve };
    });
    if (flush !== undefined) this.#flushes.add(flush);
    this.#pushFlushes();
    return {
      done,
      cancel: () => {
        if (flush !== undefined) this.#flushes.delete(flush);
      },
    };
  }

  async #run(): Promise<void> {
    const { clock, limits, log, observer, plan, pipeline } = this.#parts;
    const { signal } = this.#abort;
    for (let failures = 0; !signal.aborted && !this.#isSettling; failures++) {
      try {
        await this.#live();
        failures = 0;
        continue;
      } catch (error) {
        // A log whose sync failed tells what is durable when it is opened again.
        if (error instanceof LogFailedError) await this.#staged?.close();
        if (signal.aborted) break;
        log.error({ pipeline, consumer: plan.name, error: messageOf(error) }, "delivery begins again");
        observer.attemptFailed(plan.name, systemCode(error) ?? "InternalError", messageOf(error));
      }
      if (this.#isSettling) break;
      const delayMs = limits.firstRestartDelayMs * 2 ** Math.min(failures, 20);
      await pause(clock, Math.min(delayMs, limits.maxRetryDelayMs), signal);
    }
  }

  /** Runs until it is told to stop, or until what a former plan staged is delivered. */
  async #live(): Promise<void> {
    const state = await this.#prepared();
    const staged = state.log === "staged" ? await this.#openStaged() : undefined;
    const stage = staged === undefined ? undefined : await this.#stageOf(staged);
    const source = staged ?? this.#parts.intake;
    const session = this.#session(state, source, staged !== undefined && stage === undefined);
    this.#running = { session, source, stage };
    try {
      if (this.#abort.signal.aborted) return;
      this.#pushFlushes();
      await this.#together(session, stage);
    } finally {
      this.#running = undefined;
      await this.#trimming;
    }
    if (staged === undefined || this.#chain.isStaged || session.lowWater < staged.log.nextOffset) return;
    await this.#leaveStaged();
  }

  /** Undefined when the plan has no stage any more. */
  async #stageOf(target: RecordLog): Promise<Stage | undefined> {
    const position = stagePosition(await target.position(stageLane));
    assert(position !== undefined, "a staged log knows where its stage goes on");
    this.#intakeLow = position;
    if (!this.#chain.isStaged) return undefined;
    const onProgress = (): void => {
      this.#pushFlushes();
      this.#progress();
    };
    const { limits, intake } = this.#parts;
    const isFull = (): boolean =>
      target.index.bytes > limits.maxBacklogBytes ||
      target.index.bytesFrom(this.#running?.session.next ?? target.log.firstOffset) >
        limits.maxStagedBacklogBytes;
    return new Stage({ ...this.#parts, source: intake, target, position, isFull, onProgress });
  }

  /** Moves from the intake to a staged log when the plan asks for one and there is none. */
  async #prepared(): Promise<ConsumerState> {
    const { positions, pipeline, plan, logs } = this.#parts;
    const state = positions.state(pipeline, plan.name);
    if (state === undefined) throw new Error(`consumer ${plan.name} has no position`);
    if (state.log === "staged" || !this.#chain.isStaged) return state;
    // What lies there was left by an earlier move back to the intake that was interrupted.
    await logs.delete(logId(pipeline, stagedName(plan.name)));
    const lowWater = (await this.#openStaged()).log.nextOffset;
    const stage = { nextOffset: lowWater, lanes: new Map([[stageLane, String(state.lowWater)]]) };
    const row = { log: "staged", lowWater, since: state.lowWater } as const;
    await positions.begin(pipeline, plan.name, row, stage);
    return { ...row, ahead: new Map(), intents: new Map(), claims: [] };
  }

  /** What was staged is delivered and the plan has no stage any more: the consumer reads the intake. */
  async #leaveStaged(): Promise<void> {
    const { positions, pipeline, plan, logs } = this.#parts;
    await positions.begin(pipeline, plan.name, intakeRow(this.#intakeLow));
    await logs.delete(logId(pipeline, stagedName(plan.name)));
  }

  async #openStaged(): Promise<RecordLog> {
    const { limits, plan } = this.#parts;
    const parts = { ...this.#parts, name: stagedName(plan.name), readBytes: limits.maxReadBytes };
    this.#staged = await RecordLog.open(parts);
    return this.#staged;
  }

  #session(state: ConsumerState, source: RecordLog, isLast: boolean): ConsumerSession {
    const chain = state.log === "staged" ? new Chain([]) : this.#chain;
    const onProgress = (): void => this.#progress();
    const onRead = (): void => this.#running?.stage?.wake();
    return new ConsumerSession({ ...this.#parts, chain, source, state, isLast, onRead, onProgress });
  }

  /** The failure of one stops the other. */
  async #together(session: ConsumerSession, stage: Stage | undefined): Promise<void> {
    const consuming = session.run().finally(() => stage?.stop());
    const staging = stage?.run().catch((error) => {
      session.stop();
      throw error;
    });
    const results = await Promise.allSettled([consuming, staging]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  #progress(): void {
    const running = this.#running;
    if (running === undefined) return;
    const { session, source, stage } = running;
    if (stage === undefined && source === this.#parts.intake) this.#intakeLow = session.committed;
    if (source !== this.#parts.intake) {
      source.index.dropBelow(session.lowWater);
      stage?.wake();
      this.#trimStaged(session, source, stage);
    }
    this.#settleFlushes(session, stage);
    this.#parts.onProgress();
  }

  /** What is staged and durable is not needed in the intake, and what is delivered is not needed at all. */
  #trimStaged(session: ConsumerSession, staged: RecordLog, stage: Stage | undefined): void {
    if (this.#trimming !== undefined) return;
    const { limits, log } = this.#parts;
    this.#trimming = (async () => {
      if (stage !== undefined)
        this.#intakeLow = stagePosition(await staged.durablePosition(stageLane)) ?? this.#intakeLow;
      if (staged.isWorthTrimming(session.committed, limits)) await staged.trimTo(session.committed);
      this.#parts.onProgress();
    })()
      .catch((error) => log.warn({ error: messageOf(error) }, "a staged log was not trimmed"))
      .finally(() => {
        this.#trimming = undefined;
      });
  }

  #pushFlushes(): void {
    const { session, source, stage } = this.#running ?? {};
    if (session === undefined || source === undefined) return;
    for (const flush of this.#flushes) {
      if (source === this.#parts.intake) {
        session.flushTo(flush.target);
        continue;
      }
      stage?.flushTo(flush.target);
      if (stage !== undefined && stage.position >= flush.target) flush.stagedTarget ??= source.log.nextOffset;
      // What is staged so far must not keep the stage from going on.
      session.flushTo(flush.stagedTarget ?? source.log.nextOffset);
    }
    this.#settleFlushes(session, stage);
  }

  #settleFlushes(session: ConsumerSession, stage: Stage | undefined): void {
    const isIntake = this.#running?.source === this.#parts.intake;
    for (const flush of this.#flushes) {
      const target = isIntake ? flush.target : stage === undefined ? undefined : flush.stagedTarget;
      // Not before it is committed: nothing of it is delivered again, whatever happens.
      if (target === undefined || session.committed < target) continue;
      this.#flushes.delete(flush);
      flush.resolve();
    }
  }

  stats(): ConsumerStats {
    const { intake } = this.#parts;
    const { session, source = intake, stage } = this.#running ?? {};
    const low = session?.lowWater ?? this.#intakeLow;
    const unread = session?.next ?? low;
    const oldest = [session?.oldestArrivalTimeMs, source.index.arrivalTimeMs(unread)];
    let backlogBytes = source.index.bytesFrom(low);
    let backlogRecords = source.log.durableOffset - low;
    if (source !== intake) {
      const from = stage?.position ?? this.#intakeLow;
      backlogBytes += intake.index.bytesFrom(from);
      backlogRecords += intake.log.durableOffset - from;
      oldest.push(intake.index.arrivalTimeMs(from));
    }
    const times = oldest.filter((timeMs) => timeMs !== undefined);
    return {
      name: this.name,
      backlogBytes,
      backlogRecords: Math.max(backlogRecords, 0),
      oldestArrivalTimeMs: times.length === 0 ? undefined : Math.min(...times),
      activePartitions: session?.activePartitions ?? 0,
      buffered: session?.buffered() ?? noBuffers,
      hints: this.#parts.plan.hints,
    };
  }

  async closeLog(): Promise<void> {
    await this.#staged?.close();
  }

  /** Closes what the plan has brought. */
  async close(): Promise<void> {
    const { plan, log } = this.#parts;
    const all = new Set([...plan.processors, plan.sink, plan.errors.sink]);
    for (const one of all) {
      await one.close?.().catch((error) => {
        log.warn({ consumer: plan.name, error: messageOf(error) }, "a part of delivery did not close");
      });
    }
  }
}

function intakeRow(lowWater: Offset): ConsumerRow {
  return { log: "intake", lowWater, since: toOffset(0) };
}
