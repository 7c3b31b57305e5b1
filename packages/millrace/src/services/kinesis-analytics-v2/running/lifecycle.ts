import type { Clock, Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable, Beside } from "../applications/application-table.ts";
import type { ApplicationDocument, OperationDocument, Transition } from "../applications/document.ts";
import type { ApplicationLogs } from "./application-logs.ts";
import type { JobHost } from "./job-host.ts";
import { TransitionRunner } from "./transition-runner.ts";
import { ended, newOperation, type Outcome, rollbackVersion, statusDuring } from "./transitions.ts";

/** How often, and how long after the other, a job that ran before the last stop is tried to be resumed. */
const maxResumeTries = 5;
const resumeRetryMs = 5_000;
/** Before the end of a transition that could not be written is tried again. */
const writeRetryMs = 1_000;

export interface LifecycleParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly table: ApplicationTable;
  readonly jobs: JobHost;
  readonly logs: ApplicationLogs;
}

/** Brings applications from one status to the next, in the background and after a restart of the process. */
export class Lifecycle {
  readonly #parts: LifecycleParts;
  readonly #runner: TransitionRunner;
  readonly #running = new Set<Promise<void>>();
  readonly #timers = new Set<Timer>();
  #closed = false;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
    this.#runner = new TransitionRunner({ ...parts, now: () => parts.clock.now() });
  }

  /**
   * Makes a transition durable and begins it. One that is under way is cancelled by it.
   * @param next checks the document and changes what the transition needs
   */
  async begin(
    application: Application,
    operation: OperationDocument,
    next: (document: ApplicationDocument) => ApplicationDocument & { readonly transition: Transition },
    beside: Beside = {},
  ): Promise<void> {
    const { table, clock } = this.#parts;
    const cancelled: OperationDocument[] = [];
    const operations = [operation, ...(beside.operations ?? [])];
    await table.change(
      application,
      (document) => {
        const made = next(document);
        const before =
          document.transition && table.operations.get(document.id, document.transition.operationId);
        if (before?.status === "IN_PROGRESS") cancelled.push(ended(before, "CANCELLED", clock.now()));
        return { ...made, status: made.status, updatedMs: clock.now() };
      },
      { ...beside, operations, lateOperations: cancelled },
    );
    this.run(application);
  }

  /** Runs the application's transition behind all that were begun before. */
  run(application: Application): void {
    this.#background(() =>
      application.transitions.run(async () => {
        const { transition } = application.document;
        if (transition === undefined || this.#closed || !this.#parts.table.has(application)) return;
        const outcome = await this.#outcome(application, transition);
        if (this.#closed) return;
        await this.#finish(application, transition, outcome);
      }),
    );
  }

  /** After a start of the process: everything goes on where it was. */
  resume(): void {
    for (const application of this.#parts.table.all()) {
      if (application.document.transition !== undefined) this.run(application);
      else if (application.status === "RUNNING") this.#resumeJob(application, 1);
    }
  }

  /** A job has ended by itself. */
  jobEnded(application: Application, error: Error | undefined): void {
    const { logs, table } = this.#parts;
    if (this.#closed) return;
    if (error === undefined)
      logs.write(application, "INFO", logger, "The job has read all its sources to the end.");
    else logs.write(application, "ERROR", logger, `The job has failed: ${error.message}`);
    this.#background(async () => {
      await table.change(application, (document) =>
        document.status === "RUNNING" ? { ...document, status: "READY", updatedMs: this.#now } : document,
      );
    });
  }

  /** Work that a close waits for; what it throws is logged. */
  background(work: () => Promise<void>): void {
    this.#background(work);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** Nothing begins afterwards; jobs are left to the engine, which keeps their checkpoints. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    await this.idle();
  }

  get #now(): number {
    return this.#parts.clock.now();
  }

  async #outcome(application: Application, transition: Transition): Promise<Outcome> {
    try {
      return await this.#runner.run(application, transition);
    } catch (error) {
      return { status: transition.kind === "delete" ? "DELETING" : "READY", failure: messageOf(error) };
    }
  }

  async #finish(application: Application, transition: Transition, outcome: Outcome): Promise<void> {
    const { table, logs } = this.#parts;
    if (transition.kind === "delete") return this.#finishDelete(application, transition, outcome);
    const { id } = application.document;
    const operation = table.operations.get(id, transition.operationId);
    const failed = outcome.failure !== undefined;
    if (outcome.failure !== undefined)
      logs.write(
        application,
        "ERROR",
        logger,
        `${operation?.operation ?? transition.kind} failed: ${outcome.failure}`,
      );
    else if (outcome.status === "RUNNING") logs.write(application, "INFO", logger, "The job is running.");
    const rollback =
      failed && outcome.status !== "RUNNING" ? this.#rollback(application, transition) : undefined;
    const end = operation && ended(operation, failed ? "FAILED" : "SUCCESSFUL", this.#now, outcome.failure);
    let isSuperseded = false;
    await this.#write(application, () =>
      table.change(
        application,
        (document) => {
          isSuperseded = document.transition?.operationId !== transition.operationId;
          if (isSuperseded) return document;
          if (rollback !== undefined) return { ...document, ...rollback.change(document) };
          const { transition: _done, ...rest } = document;
          const currentParallelism = outcome.parallelism ?? document.currentParallelism;
          return { ...rest, status: outcome.status, currentParallelism, updatedMs: this.#now };
        },
        {
          snapshots: outcome.snapshots ?? [],
          isLeftOut: () => isSuperseded,
          operations: [
            ...(end
              ? [rollback === undefined ? end : { ...end, rollbackOperationId: rollback.operation.id }]
              : []),
            ...(rollback === undefined ? [] : [rollback.operation]),
          ],
          versions: rollback?.versions ?? [],
        },
      ),
    );
    if (rollback !== undefined && !isSuperseded) this.run(application);
  }

  /** What follows an update that has failed, where the application's configuration wants it so. */
  #rollback(application: Application, transition: Transition): Rollback | undefined {
    const { table } = this.#parts;
    const { document } = application;
    const { RollbackEnabled: isWanted } =
      document.current.configuration.ApplicationSystemRollbackConfigurationDescription ?? {};
    const from = transition.kind === "update" ? transition.from : undefined;
    const target = from === undefined ? undefined : table.versions.get(document.id, from);
    if (isWanted !== true || target === undefined) return undefined;
    const nowMs = this.#now;
    const version = rollbackVersion(document, target, nowMs);
    const operation = newOperation("RollbackApplication", nowMs, {
      from: document.current.version,
      to: version.version,
    });
    const { stopWith } = transition;
    return {
      operation,
      versions: [{ ...document.current, isRolledBack: true }],
      change: () => ({
        status: statusDuring.rollback,
        current: version,
        updatedMs: nowMs,
        transition: {
          kind: "rollback",
          operationId: operation.id,
          ...(stopWith !== undefined && { restoreFrom: stopWith }),
        },
      }),
    };
  }

  async #finishDelete(
    application: Application,
    { operationId }: Transition,
    { failure }: Outcome,
  ): Promise<void> {
    const { table, log, logs } = this.#parts;
    if (failure === undefined) {
      await this.#write(application, () => table.remove(application));
      logs.forget(application);
      return;
    }
    log.error(
      { application: application.arn, operationId },
      `an application could not be deleted: ${failure}`,
    );
    this.#later(resumeRetryMs, () => this.run(application));
  }

  #resumeJob(application: Application, attempt: number): void {
    this.#background(() =>
      application.transitions.run(async () => {
        const { status, transition, current, currentParallelism: parallelism } = application.document;
        if (this.#closed || status !== "RUNNING" || transition !== undefined) return;
        try {
          await this.#parts.jobs.resume(application, { version: current, parallelism });
        } catch (error) {
          await this.#resumeFailed(application, attempt, error);
        }
      }),
    );
  }

  async #resumeFailed(application: Application, attempt: number, error: unknown): Promise<void> {
    const { logs, log } = this.#parts;
    const message = `The job could not be resumed: ${messageOf(error)}`;
    logs.write(application, "ERROR", logger, message);
    log.error({ err: error, application: application.arn }, message);
    if (attempt < maxResumeTries) this.#later(resumeRetryMs, () => this.#resumeJob(application, attempt + 1));
    else this.jobEnded(application, new Error(message));
  }

  /** No failure of the disk leaves an application in a transitional status. */
  async #write(application: Application, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#later(writeRetryMs, () => this.run(application));
      throw error;
    }
  }

  #later(delayMs: number, run: () => void): void {
    if (this.#closed) return;
    const timer = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }

  #background(work: () => Promise<void>): void {
    if (this.#closed) return;
    const running = work().catch((error: unknown) => {
      this.#parts.log.error({ err: error }, `work on an application failed: ${messageOf(error)}`);
    });
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }
}

const logger = "millrace.analytics.Application";

interface Rollback {
  readonly operation: OperationDocument;
  readonly versions: readonly ApplicationDocument["current"][];
  readonly change: (document: ApplicationDocument) => Partial<ApplicationDocument>;
}
