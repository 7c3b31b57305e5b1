import { messageOf } from "../../../core/errors.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable } from "../applications/application-table.ts";
import type { SnapshotDocument, Transition, VersionDocument } from "../applications/document.ts";
import type { ApplicationLogs } from "./application-logs.ts";
import type { JobHost } from "./job-host.ts";
import { type Outcome, parallelismOf } from "./transitions.ts";

/** The name under which the state of a stopped SQL-1_0 application is kept. */
export const lastStoppedPoint = "$last-stopped-point";

interface Parts {
  readonly table: ApplicationTable;
  readonly jobs: JobHost;
  readonly logs: ApplicationLogs;
  readonly now: () => number;
}

/**
 * Does what a transition says. Each can be begun again after a crash at any point: what is done already is seen
 * from what the engine has.
 */
export class TransitionRunner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(application: Application, transition: Transition): Promise<Outcome> {
    switch (transition.kind) {
      case "start":
        return this.#start(application, transition);
      case "stop":
        return this.#stop(application, transition);
      case "delete":
        await this.#parts.jobs.stop(application, undefined);
        await this.#parts.jobs.forget(application);
        return { status: "DELETING" };
      default:
        return this.#restart(application, transition);
    }
  }

  async #start(application: Application, { restoreFrom }: Transition): Promise<Outcome> {
    const { current } = application.document;
    const parallelism = parallelismOf(current);
    try {
      await this.#parts.jobs.start(application, { version: current, parallelism, restoreFrom });
      return { status: "RUNNING", parallelism };
    } catch (error) {
      return { status: "READY", failure: messageOf(error) };
    }
  }

  async #stop(application: Application, transition: Transition): Promise<Outcome> {
    try {
      const snapshots = await this.#stopJob(application, transition);
      const before = application.snapshots.get(lastStoppedPoint);
      if (transition.stopName === lastStoppedPoint && before !== undefined)
        await this.#parts.jobs.deleteSnapshot(application, before.engineName);
      return { status: "READY", snapshots };
    } catch (error) {
      // Without its snapshot the job is not ended.
      const runs = this.#parts.jobs.job(application)?.state() === "running";
      return { status: runs ? "RUNNING" : "READY", failure: messageOf(error) };
    }
  }

  /** Stops the job with a snapshot, and starts it as the current version says. */
  async #restart(application: Application, transition: Transition): Promise<Outcome> {
    let snapshots: readonly SnapshotDocument[] = [];
    try {
      snapshots = await this.#stopJob(application, transition);
    } catch (error) {
      const runs = this.#parts.jobs.job(application)?.state() === "running";
      return { status: runs ? "RUNNING" : "READY", failure: messageOf(error) };
    }
    const { current } = application.document;
    const parallelism = transition.parallelism ?? parallelismOf(current);
    const restoreFrom = this.#restorePoint(application, transition, snapshots);
    try {
      await this.#parts.jobs.start(application, { version: current, parallelism, restoreFrom });
      const { stopWith, stopName } = transition;
      // Nobody knows its name, and nothing needs it any more.
      if (stopWith !== undefined && stopName === undefined)
        await this.#parts.jobs.deleteSnapshot(application, stopWith);
      return { status: "RUNNING", snapshots, parallelism };
    } catch (error) {
      return { status: "READY", snapshots, failure: messageOf(error) };
    }
  }

  #restorePoint(
    application: Application,
    transition: Transition,
    taken: readonly SnapshotDocument[],
  ): string | undefined {
    if (transition.kind !== "rollback") return transition.restoreFrom;
    return transition.restoreFrom ?? (taken[0] ?? application.latestSnapshot(false))?.engineName ?? undefined;
  }

  async #stopJob(application: Application, transition: Transition): Promise<readonly SnapshotDocument[]> {
    const { jobs } = this.#parts;
    const { stopWith } = transition;
    if (stopWith === undefined) {
      await jobs.stop(application, undefined);
      return [];
    }
    if (!(await jobs.hasSnapshot(application, stopWith))) {
      await this.#resumeBefore(application, transition);
      await jobs.stop(application, stopWith);
      if (!(await jobs.hasSnapshot(application, stopWith)))
        throw new Error("The job had ended by itself before: there is no snapshot of it.");
    } else await jobs.stop(application, undefined);
    return this.#snapshotOf(application, transition, stopWith);
  }

  /** After a crash the job that is to be stopped with a snapshot is not there: it goes on first. */
  async #resumeBefore(application: Application, { from }: Transition): Promise<void> {
    const { jobs, table } = this.#parts;
    if (jobs.job(application) !== undefined || jobs.foreignJob(application) !== undefined) return;
    const { id, current, currentParallelism: parallelism } = application.document;
    const version: VersionDocument =
      (from === undefined ? undefined : table.versions.get(id, from)) ?? current;
    await jobs.resume(application, { version, parallelism });
  }

  #snapshotOf(
    application: Application,
    transition: Transition,
    engineName: string,
  ): readonly SnapshotDocument[] {
    const { stopName, from } = transition;
    const { current } = application.document;
    if (stopName === undefined) return [];
    const common = { name: stopName, engineName, status: "READY", runtime: current.runtime } as const;
    const made = { ...common, version: from ?? current.version, createdMs: this.#parts.now() };
    return [stopName === lastStoppedPoint ? { ...made, isHidden: true } : made];
  }
}
