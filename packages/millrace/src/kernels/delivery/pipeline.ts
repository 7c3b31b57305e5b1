import { messageOf } from "../../core/errors.ts";
import { type Appended, LogFailedError, type Offset } from "../log/port.ts";
import { Branch, type ConsumerStats } from "./branch.ts";
import { BacklogFullError, PipelineClosedError } from "./errors.ts";
import { pause } from "./pause.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { PipelinePlan } from "./plan.ts";
import { stagedName } from "./positions.ts";
import type { RecordOrigin } from "./record.ts";
import { type AppendOptions, type DeliveryLogs, logId, RecordLog } from "./record-log.ts";

/** A record of a stream that is copied. */
export interface CopiedRecord {
  readonly data: Uint8Array;
  readonly arrivalTimeMs: number;
  readonly origin: RecordOrigin;
}

export interface PipelineParts extends PipelineContext {
  readonly logs: DeliveryLogs;
  readonly plan: PipelinePlan;
  /** Under which key a stage encrypts what it keeps. */
  readonly encryption: () => { readonly keyId: string } | undefined;
  readonly onClosed: () => void;
}

const intakeName = "intake";

/** One delivery stream at work. Made by `DeliveryPipelines.open`. */
export class DeliveryPipeline {
  readonly #parts: PipelineParts;
  readonly #closing = new AbortController();
  #plan: PipelinePlan;
  #intake: RecordLog;
  #branches: readonly Branch[] = [];
  /** Settled when the branches are others. */
  #changed: PromiseWithResolvers<void> = Promise.withResolvers();
  #trimming = false;
  /** Updates, reopening and closing come one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #isReopening = false;
  readonly #waiting = new Set<() => void>();

  private constructor(parts: PipelineParts, intake: RecordLog) {
    this.#parts = parts;
    this.#plan = parts.plan;
    this.#intake = intake;
  }

  static async open(parts: PipelineParts): Promise<DeliveryPipeline> {
    const intake = await openIntake(parts);
    const pipeline = new DeliveryPipeline(parts, intake);
    try {
      // A pipeline that was never open begins with all that is there: with nothing, or after a lost file of positions.
      const isKnown = parts.positions.consumers(parts.pipeline).size > 0;
      await pipeline.#begin(isKnown ? intake.log.nextOffset : intake.log.firstOffset);
    } catch (error) {
      await intake.close();
      throw error;
    }
    return pipeline;
  }

  /** Starts a branch a consumer; forgets consumers that are not in the plan. */
  async #begin(startOffset: Offset): Promise<void> {
    const { positions, pipeline, logs } = this.#parts;
    const names = new Set(this.#plan.consumers.map(({ name }) => name));
    for (const name of positions.consumers(pipeline).keys()) {
      if (names.has(name)) continue;
      await positions.forgetConsumer(pipeline, name);
      await logs.delete(logId(pipeline, stagedName(name)));
    }
    const shared = { ...this.#parts, intake: this.#intake, onProgress: () => this.#progress() };
    const branches: Branch[] = [];
    for (const plan of this.#plan.consumers)
      branches.push(await Branch.open({ ...shared, plan }, startOffset));
    this.#branches = branches;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
    this.#progress();
    for (const branch of branches) branch.start();
  }

  /**
   * Resolves when the records are durable, in the mode of the logs. Rejects, keeping nothing, with
   * BacklogFullError, PipelineClosedError, LogFullError, LogBusyError, LogInputError or LogCipherError; with
   * LogFailedError when the outcome is unknown.
   */
  async append(records: readonly Uint8Array[], options: AppendOptions = {}): Promise<Appended> {
    let dataBytes = 0;
    for (const record of records) dataBytes += record.length;
    this.#admit(dataBytes);
    const intake = this.#intake;
    try {
      const appended = await intake.appendPlain(records, dataBytes, options);
      this.#parts.observer.received(records.length, dataBytes);
      return appended;
    } catch (error) {
      if (error instanceof LogFailedError) void this.#reopen(intake);
      throw error;
    }
  }

  /**
   * Takes records of a stream together with the place in it that they end at, in one piece: after whatever
   * crash `lanePosition` tells the place that belongs to the records that are there.
   * @param lane a shard.
   */
  async appendCopied(
    lane: string,
    position: string,
    records: readonly CopiedRecord[],
    options: AppendOptions = {},
  ): Promise<Appended> {
    let dataBytes = 0;
    for (const { data } of records) dataBytes += data.length;
    this.#admit(dataBytes);
    const intake = this.#intake;
    try {
      const appended = await intake.appendTraced(lane, position, records, options);
      this.#parts.observer.received(records.length, dataBytes);
      return appended;
    } catch (error) {
      if (error instanceof LogFailedError) void this.#reopen(intake);
      throw error;
    }
  }

  #admit(dataBytes: number): void {
    if (this.#closing.signal.aborted) throw new PipelineClosedError("the pipeline is closed");
    if (this.#isReopening) throw new BacklogFullError("the intake is being opened again");
    const { maxBacklogBytes } = this.#parts.limits;
    if (this.#intake.index.bytes + dataBytes > maxBacklogBytes)
      throw new BacklogFullError(`${this.#intake.index.bytes} bytes wait to be delivered`);
  }

  /** Where copying this lane goes on; undefined when nothing was copied yet. */
  lanePosition(lane: string): Promise<string | undefined> {
    return this.#intake.position(lane);
  }

  /** Resolves when less than half of the backlog's bound waits; for those who copy. Rejects with the signal's reason. */
  async room(signal: AbortSignal): Promise<void> {
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    while (this.#intake.index.bytes > this.#parts.limits.maxBacklogBytes / 2) {
      ends.throwIfAborted();
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#waiting.delete(done);
          ends.removeEventListener("abort", done);
          resolve();
        };
        this.#waiting.add(done);
        ends.addEventListener("abort", done);
      });
    }
    ends.throwIfAborted();
  }

  /**
   * Delivers all that was appended before, whatever the hints, and commits that; waits as long as a destination
   * fails. Rejects with the signal's reason, or with PipelineClosedError.
   */
  async flush(signal?: AbortSignal): Promise<void> {
    const target = this.#intake.log.nextOffset;
    const ends =
      signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    for (let isDone = false; !isDone; ) {
      const flushes = this.#branches.map((branch) => branch.flush(target));
      const done = Promise.all(flushes.map((flush) => flush.done)).then(() => true);
      // An update replaces the branches: the new ones are asked again.
      const changed = this.#changed.promise.then(() => false);
      try {
        isDone = await unlessAborted(Promise.race([done, changed]), ends);
      } finally {
        for (const flush of flushes) flush.cancel();
      }
    }
  }

  /**
   * What is in buffers is delivered by the old plan, what comes by the new one. A batch that the old plan's
   * destination refuses is not waited for: its records are read again for the new plan, at least once.
   * Whoever keeps the plan keeps the old one until this has resolved.
   */
  update(plan: PipelinePlan): Promise<void> {
    return this.#serially(async () => {
      const old = this.#branches;
      await Promise.all(old.map((branch) => branch.settle()));
      await Promise.all(old.map((branch) => branch.stop()));
      for (const branch of old) await branch.close();
      this.#plan = plan;
      await this.#begin(this.#intake.log.nextOffset);
    });
  }

  #serially(work: () => Promise<void>): Promise<void> {
    const result = this.#last.then(() => {
      if (this.#closing.signal.aborted) throw new PipelineClosedError("the pipeline is closed");
      return work();
    });
    // The next one runs whatever became of this one; its own caller hears of the failure.
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** A log whose sync failed takes no appends until it is opened again, which tells what is durable. */
  async #reopen(failed: RecordLog): Promise<void> {
    if (this.#isReopening || failed !== this.#intake) return;
    this.#isReopening = true;
    const { log, pipeline, clock, limits } = this.#parts;
    const { signal } = this.#closing;
    await this.#serially(async () => {
      log.warn({ pipeline }, "the intake is opened again");
      await Promise.all(this.#branches.map((branch) => branch.stop()));
      await failed.close();
      for (let delayMs = limits.firstRestartDelayMs; !signal.aborted; delayMs *= 2) {
        try {
          this.#intake = await openIntake(this.#parts);
          await this.#begin(this.#intake.log.nextOffset);
          return;
        } catch (error) {
          log.error({ pipeline, error: messageOf(error) }, "the intake was not opened again");
          await pause(clock, Math.min(delayMs, limits.maxRetryDelayMs), signal);
        }
      }
    }).catch((error) => {
      if (!(error instanceof PipelineClosedError))
        log.error({ pipeline, error: messageOf(error) }, "reopening failed");
    });
    this.#isReopening = false;
  }

  stats(): readonly ConsumerStats[] {
    return this.#branches.map((branch) => branch.stats());
  }

  /** Something was delivered: the intake may forget what nobody needs any more. */
  #progress(): void {
    const { limits, log, pipeline } = this.#parts;
    const intake = this.#intake;
    let low: Offset | undefined;
    for (const { intakeLow } of this.#branches) if (low === undefined || intakeLow < low) low = intakeLow;
    if (low === undefined) return;
    intake.index.dropBelow(low);
    if (intake.index.bytes <= limits.maxBacklogBytes / 2) for (const done of [...this.#waiting]) done();
    if (this.#trimming || this.#closing.signal.aborted || !intake.isWorthTrimming(low, limits)) return;
    this.#trimming = true;
    intake
      .trimTo(low)
      .catch((error) => log.warn({ pipeline, error: messageOf(error) }, "the intake was not trimmed"))
      .finally(() => {
        this.#trimming = false;
      });
  }

  /** Stops at once; what is not delivered stays in the log. */
  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort(new PipelineClosedError("the pipeline is closed"));
      this.#last = Promise.all([this.#last, ...this.#branches.map((branch) => branch.stop())]).then(
        async () => {
          for (const branch of this.#branches) await branch.stop();
          for (const branch of this.#branches) await branch.close();
          for (const branch of this.#branches) await branch.closeLog();
          await this.#intake.close();
          this.#parts.onClosed();
        },
      );
    }
    await this.#last;
  }

  /** Closes and removes logs and positions; what is not delivered is gone. */
  async delete(): Promise<void> {
    await this.close();
    await removePipeline(this.#parts, this.#parts.pipeline);
  }
}

/** Removes logs first: positions without logs do no harm. */
export async function removePipeline(
  { logs, positions }: Pick<PipelineParts, "logs" | "positions">,
  pipeline: string,
): Promise<void> {
  const prefix = logId(pipeline, "");
  for (const id of await logs.list()) if (id.startsWith(prefix)) await logs.delete(id);
  await positions.forget(pipeline);
}

function openIntake(parts: PipelineParts): Promise<RecordLog> {
  return RecordLog.open({ ...parts, name: intakeName, readBytes: parts.limits.maxReadBytes });
}

/** Rejects with the signal's reason when that comes first. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: end, reject } = Promise.withResolvers<never>();
  const fail = (): void => reject(signal.reason);
  signal.addEventListener("abort", fail);
  try {
    return await Promise.race([promise, end]);
  } finally {
    signal.removeEventListener("abort", fail);
  }
}
