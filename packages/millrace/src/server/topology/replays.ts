import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { messageOf, ServiceError } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import {
  type KinesisState,
  ReplayError,
  type ReplayRange,
  type Stream,
  StreamReplay,
} from "../../services/kinesis/index.ts";
import { rounded } from "./consumer-answer.ts";

/** Replays that run at the same time, and those that have ended and are still shown. */
const maxRunning = 4;
const maxEnded = 100;

export interface ReplayOrder {
  readonly account: string;
  readonly principal: string;
  readonly source: Stream;
  readonly target: Stream;
  readonly range: ReplayRange;
  readonly ratePerSecond: number | undefined;
  /** The range as the caller has said it. */
  readonly asked: object;
}

interface Job {
  readonly id: string;
  readonly order: ReplayOrder;
  readonly replay: StreamReplay;
  readonly stop: AbortController;
  readonly startedMs: number;
  state: "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  endedMs: number | undefined;
  error: { readonly code: string; readonly message: string } | undefined;
  readonly ended: PromiseWithResolvers<void>;
}

const cancelled = new Error("the replay was cancelled");

/** Copies of streams into others that run in the background. They end with the process. */
export class Replays {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #jobs = new Map<string, Job>();

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  /** @throws ServiceError 429 when too many run already */
  start(state: KinesisState, order: ReplayOrder): object {
    const running = [...this.#jobs.values()].filter(({ state }) => state === "RUNNING").length;
    if (running >= maxRunning)
      throw new ServiceError(
        "TooManyReplays",
        `${maxRunning} replays run already. Wait for one to end, or cancel one.`,
        { status: 429 },
      );
    const stop = new AbortController();
    const { source, target, range, ratePerSecond, principal } = order;
    const request = {
      ...{ sourceId: source.document.id, targetId: target.document.id, range, ratePerSecond },
      party: { principal: { arn: principal }, userAgent: "millrace-replay" },
    };
    const job: Job = {
      ...{ id: randomUUID(), order, stop, startedMs: this.#clock.now(), state: "RUNNING" },
      replay: new StreamReplay(state, request, stop.signal),
      ...{ endedMs: undefined, error: undefined, ended: Promise.withResolvers<void>() },
    };
    this.#jobs.set(job.id, job);
    void this.#run(job);
    return this.#answer(job);
  }

  /** Newest first. */
  list(account: string | undefined): readonly object[] {
    return [...this.#jobs.values()]
      .filter(({ order }) => account === undefined || order.account === account)
      .reverse()
      .map((job) => this.#answer(job));
  }

  get(id: string, account: string | undefined): object | undefined {
    const job = this.#find(id, account);
    return job && this.#answer(job);
  }

  /** Ends a replay that runs and answers what it has done; forgets one that has ended. */
  async remove(id: string, account: string | undefined): Promise<object | undefined> {
    const job = this.#find(id, account);
    if (job === undefined) return undefined;
    if (job.state !== "RUNNING") this.#jobs.delete(id);
    job.stop.abort(cancelled);
    await job.ended.promise;
    return this.#answer(job);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const { stop } of this.#jobs.values()) stop.abort(cancelled);
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended.promise));
    this.#jobs.clear();
  }

  #find(id: string, account: string | undefined): Job | undefined {
    const job = this.#jobs.get(id);
    return account === undefined || job?.order.account === account ? job : undefined;
  }

  async #run(job: Job): Promise<void> {
    try {
      await job.replay.run();
      job.state = "SUCCEEDED";
    } catch (error) {
      job.state = error === cancelled ? "CANCELLED" : "FAILED";
      if (error !== cancelled) job.error = this.#shown(job, error);
    }
    job.endedMs = this.#clock.now();
    job.ended.resolve();
    this.#forgetOldest();
  }

  #shown(job: Job, error: unknown): { readonly code: string; readonly message: string } {
    if (error instanceof ReplayError) return { code: error.code, message: error.message };
    this.#log.error({ err: error, replay: job.id }, `a replay failed: ${messageOf(error)}`);
    return { code: "InternalFailure", message: messageOf(error) };
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(({ state }) => state !== "RUNNING");
    for (const { id } of ended.slice(0, Math.max(0, ended.length - maxEnded))) this.#jobs.delete(id);
  }

  #answer(job: Job): object {
    const { id, order, state, startedMs, endedMs, error, replay } = job;
    const { copiedRecords, copiedBytes, totalRecords } = replay.progress;
    const nowMs = this.#clock.now();
    const elapsedMs = Math.max((endedMs ?? nowMs) - startedMs, 1);
    const perSecond = (copiedRecords * 1_000) / elapsedMs;
    const isRunning = state === "RUNNING";
    const left = totalRecords - copiedRecords;
    return {
      ...{ id, state, stream: order.source.document.name, into: order.target.document.name },
      ...{ ...order.asked, ratePerSecond: order.ratePerSecond },
      ...{ startedAt: startedMs, endedAt: endedMs, copiedRecords, copiedBytes, totalRecords },
      recordsPerSecond: rounded(perSecond),
      ...(isRunning && perSecond > 0 ? { timeLeftMs: Math.round((left * 1_000) / perSecond) } : {}),
      ...(error === undefined ? {} : { error }),
    };
  }
}
