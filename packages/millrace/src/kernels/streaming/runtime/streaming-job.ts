import type { Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { JobRecord } from "../checkpoint/job-directory.ts";
import type { Manifest } from "../checkpoint/manifest.ts";
import { CheckpointDamagedError } from "../checkpoint/state-file.ts";
import {
  type GraphNode,
  type Job,
  type JobMetrics,
  type JobSnapshot,
  JobStartError,
  type JobState,
} from "../engine-port.ts";
import { JournalError } from "../journal/journal.ts";
import { Attempt, type AttemptEnd, type StopWish } from "./attempt.ts";
import type { CheckpointFigures } from "./checkpointer.ts";
import { needsExactIntegers } from "./failure.ts";
import { JobFigures } from "./job-figures.ts";
import type { JobParts, JobSetup } from "./job-port.ts";
import { producerOf } from "./producer.ts";
import { RestartPolicy } from "./restart-policy.ts";
import { settleRun } from "./settle-run.ts";

/** For the last checkpoint of a process that ends. */
const maxSuspendMs = 10_000;

/**
 * A job of the engine: attempts one after another until it is finished, stopped, or has failed too often. Made
 * for one run; what it goes on from is on disk.
 */
export class StreamingJob implements Job {
  readonly key: string;
  readonly #parts: JobParts;
  readonly #setup: JobSetup;
  readonly #figures: JobFigures;
  readonly #checkpoints: CheckpointFigures = {
    completed: 0,
    failed: 0,
    lastDurationMs: undefined,
    lastPauseMs: undefined,
    lastBytes: undefined,
    lastCompletedMs: undefined,
  };
  readonly #policy: RestartPolicy = new RestartPolicy();
  readonly #live: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #over: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #record: JobRecord;
  #state: JobState = "starting";
  #attempt: Attempt | undefined;
  #restarts = 0;
  #pause: { readonly timer: Timer; readonly end: () => void } | undefined;
  #stopWish: StopWish | undefined;

  constructor(parts: JobParts, setup: JobSetup, record: JobRecord) {
    this.key = setup.key;
    this.#parts = parts;
    this.#setup = setup;
    this.#record = record;
    this.#figures = new JobFigures(setup.job.plan, parts.clock);
    this.#live.promise.catch(() => undefined);
  }

  /**
   * Begins, and resolves once rows flow.
   * @param isResumed whether failures before that are tried again as later ones are
   * @throws what has kept it from running
   */
  async run(isResumed: boolean): Promise<void> {
    void this.#runAttempts(isResumed);
    await this.#live.promise;
  }

  state(): JobState {
    return this.#state;
  }

  metrics(): JobMetrics {
    return {
      ...this.#figures.sums(),
      lagMs: this.#attempt?.lagMs(),
      checkpoints: { ...this.#checkpoints },
      restarts: this.#restarts,
      uptimeMs: this.#figures.uptimeMs(),
      cpuSeconds: this.#figures.cpuSeconds(),
    };
  }

  graph(): readonly GraphNode[] {
    return this.#figures.graph();
  }

  async snapshot(name: string): Promise<JobSnapshot> {
    const attempt = this.#attempt;
    if (attempt === undefined) throw new JobStartError(`The job is ${this.#state}: it has no state to keep.`);
    return await this.#keep(name, await attempt.checkpoint());
  }

  async stop(how: { readonly snapshot: string | undefined }): Promise<JobSnapshot | undefined> {
    const { snapshot } = how;
    const manifest = await this.#end({ withCheckpoint: snapshot !== undefined, isSuspended: false });
    if (snapshot === undefined || manifest === undefined) return undefined;
    return await this.#keep(snapshot, manifest);
  }

  /** Ends with the process: it is resumed with the next one. A sink that keeps it waiting is not waited for. */
  async suspend(): Promise<void> {
    const wish = { withCheckpoint: false, isSuspended: true };
    const timer = this.#parts.clock.after(maxSuspendMs, () => void this.#attempt?.stop(wish));
    try {
      await this.#end({ withCheckpoint: this.#attempt !== undefined, isSuspended: true });
    } catch (error) {
      this.#log("warn", `The job is ended without a last checkpoint: ${messageOf(error)}`);
      await this.#end(wish);
    } finally {
      timer.cancel();
    }
  }

  async #end(wish: StopWish): Promise<Manifest | undefined> {
    const attempt = this.#attempt;
    if (attempt === undefined && wish.withCheckpoint) {
      throw new JobStartError(`The job is ${this.#state}: it has no state to keep.`);
    }
    const before = this.#state;
    if (before === "running") this.#state = "stopping";
    try {
      if (!wish.withCheckpoint) this.#stopWish = wish;
      this.#pause?.end();
      const manifest = await attempt?.stop(wish);
      await this.#over.promise;
      return manifest;
    } catch (error) {
      if (this.#state === "stopping") this.#state = before;
      throw error;
    }
  }

  async #runAttempts(isResumed: boolean): Promise<void> {
    let end: AttemptEnd | undefined;
    let failure: unknown;
    try {
      end = await this.#untilEnd(isResumed);
    } catch (error) {
      failure = error;
    }
    if (end !== "suspended") await this.#conclude(end ?? "failed", failure);
    const wasLive = await this.#settleLive(failure);
    this.#state = end === undefined ? "failed" : end === "finished" ? "finished" : "stopped";
    this.#over.resolve();
    if (!wasLive || end === "stopped" || end === "suspended") return;
    if (end === undefined) this.#log("error", `The job has failed for good: ${messageOf(failure)}`);
    this.#setup.options.events.ended(end === undefined ? asError(failure) : undefined);
  }

  /** @throws what it has failed with for good */
  async #untilEnd(isResumed: boolean): Promise<AttemptEnd> {
    for (;;) {
      try {
        this.#attempt = new Attempt(this.#attemptParts());
        return await this.#attempt.run();
      } catch (error) {
        this.#attempt = undefined;
        const delayMs = await this.#delayAfter(error, isResumed);
        if (delayMs > 0) await this.#wait(delayMs);
      } finally {
        this.#attempt = undefined;
      }
      if (this.#stopWish !== undefined) return this.#stopWish.isSuspended ? "suspended" : "stopped";
    }
  }

  /** After which an attempt that has failed is followed by another. @throws the failure when it is not */
  async #delayAfter(error: unknown, isResumed: boolean): Promise<number> {
    if (this.#stopWish !== undefined) return 0;
    if (needsExactIntegers(error) && this.#record.mode === "double") {
      this.#log("info", "A value is no exact double: going on with exact integers.");
      this.#record = { ...this.#record, mode: "exact" };
      await this.#setup.directory.write(this.#record);
      return 0;
    }
    if (this.#state === "starting" && !isResumed) throw error;
    if (error instanceof JournalError || error instanceof CheckpointDamagedError) throw error;
    const delayMs = this.#policy.failed(this.#parts.clock.now());
    if (delayMs === undefined) throw error;
    if (this.#state !== "starting") this.#state = "restarting";
    this.#restarts += 1;
    this.#log("warn", `The job has failed and is restarted in ${delayMs} ms: ${messageOf(error)}`);
    return delayMs;
  }

  #attemptParts(): ConstructorParameters<typeof Attempt>[0] {
    const { clock, files, host, connectors, roundLimits, minRoundMs } = this.#parts;
    const { job, directory, identity, options } = this.#setup;
    const { parallelism, checkpointIntervalMs, minPauseMs, maxStateBytes } = options;
    const { run, mode, startedMs } = this.#record;
    const log = (level: "info" | "warn" | "error", message: string): void => this.#log(level, message);
    return {
      ...{ job, files, host, clock, mode, parallelism, maxStateBytes, minRoundMs, log },
      ...{ checkpointIntervalMs, minPauseMs, isVolatile: false },
      store: directory.run(run),
      startedMs,
      open: { connectors, identity, startedMs, log, clock, roundLimits },
      producer: producerOf(directory.id, run),
      seed: Number.parseInt(directory.id.slice(0, 8), 16) ^ run,
      figures: this.#figures,
      checkpointFigures: this.#checkpoints,
      live: () => {
        this.#state = "running";
        this.#live.resolve();
      },
    };
  }

  /** The run is over: what its sinks have staged and not committed goes, and it is not resumed. */
  async #conclude(phase: JobRecord["phase"], failure: unknown): Promise<void> {
    const { directory } = this.#setup;
    try {
      const reason = failure === undefined ? undefined : messageOf(failure);
      this.#record = { ...this.#record, phase, failure: reason };
      await directory.write(this.#record);
      await settleRun(this.#parts, this.#setup, this.#record);
      this.#record = { ...this.#record, isSettled: true };
      await directory.write(this.#record);
    } catch (error) {
      this.#log(
        "warn",
        `What the job has left in its sinks is cleared by its next start: ${messageOf(error)}`,
      );
    }
  }

  /** @returns whether it ever ran */
  async #settleLive(failure: unknown): Promise<boolean> {
    const reason = failure === undefined ? "The job was stopped while it started." : messageOf(failure);
    this.#live.reject(new JobStartError(reason, { cause: failure }));
    return await this.#live.promise.then(
      () => true,
      () => false,
    );
  }

  async #keep(name: string, manifest: Manifest): Promise<JobSnapshot> {
    const { directory } = this.#setup;
    return await directory.saveSnapshot(name, manifest, directory.run(this.#record.run));
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.#pause?.timer.cancel();
        this.#pause = undefined;
        resolve();
      };
      this.#pause = { timer: this.#parts.clock.after(delayMs, end), end };
    });
  }

  #log(level: "debug" | "info" | "warn" | "error", message: string): void {
    this.#setup.options.events.log(level, message);
  }
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}
