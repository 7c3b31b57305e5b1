import type { StatementSync } from "node:sqlite";
import { ObjectStoreError, StoreClosedError, StoreFailedError, StoreFullError } from "../errors.ts";
import { checkpointJobs, maxGroupJobs } from "../limits.ts";
import type { MetadataDatabase } from "./database.ts";
import { isDiskFull, isSqliteError } from "./sqlite-errors.ts";

/** What a job may ask for beside its statements. */
export interface Transaction {
  /** Called once the changes are durable and visible, in the order of the commits. It must not throw. */
  after(effect: () => void): void;
}

/** Changes metadata, or throws and changes nothing: what it did before it threw is taken back. */
type Job<T> = (transaction: Transaction) => T;

interface Waiting {
  readonly job: Job<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

export interface GroupCommitOptions {
  readonly database: MetadataDatabase;
  /** Makes SQLite's write-ahead log durable. */
  readonly sync: () => Promise<void>;
}

/**
 * Runs jobs one after the other in the order of their coming. Jobs that come while a group is made durable
 * are the next group: one transaction and one sync for all of them.
 */
export class GroupCommit {
  readonly #database: MetadataDatabase;
  readonly #sync: () => Promise<void>;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  readonly #rollback: StatementSync;
  #waiting: Waiting[] = [];
  #draining: Promise<void> | undefined;
  #failure: StoreFailedError | undefined;
  #isClosed = false;
  #sinceCheckpoint = 0;

  constructor(options: GroupCommitOptions) {
    this.#database = options.database;
    this.#sync = options.sync;
    const { writer } = options.database;
    this.#savepoint = writer.prepare("SAVEPOINT job");
    this.#release = writer.prepare("RELEASE job");
    this.#rollback = writer.prepare("ROLLBACK TO job");
  }

  /** Resolves with the job's answer when its changes are durable. */
  run<T>(job: Job<T>): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#isClosed) return Promise.reject(new StoreClosedError());
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ job, resolve: (value) => resolve(value as T), reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Finishes what waits. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // One turn, so that requests that arrived together are one group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, maxGroupJobs);
      const effects: (() => void)[] = [];
      const outcomes = await this.#commit(group, effects);
      for (const effect of effects) effect();
      for (let i = 0; i < group.length; i++) settle(group[i], outcomes[i]);
    }
    this.#draining = undefined;
  }

  async #commit(group: readonly Waiting[], effects: (() => void)[]): Promise<readonly Outcome[]> {
    const all = (error: unknown): readonly Outcome[] => {
      effects.length = 0;
      return group.map(() => ({ error }));
    };
    if (this.#failure !== undefined) return all(this.#failure);
    let outcomes: readonly Outcome[];
    try {
      outcomes = this.#transact(group, effects);
    } catch (error) {
      return all(metadataFailure(error));
    }
    try {
      await this.#sync();
      this.#database.publish();
      this.#checkpoint(group.length);
    } catch (error) {
      this.#failure = new StoreFailedError(error);
      return all(this.#failure);
    }
    return outcomes;
  }

  #transact(group: readonly Waiting[], effects: (() => void)[]): readonly Outcome[] {
    const { writer } = this.#database;
    writer.exec("BEGIN IMMEDIATE");
    try {
      const outcomes = group.map(({ job }) => this.#attempt(job, effects));
      writer.exec("COMMIT");
      return outcomes;
    } catch (error) {
      if (writer.isTransaction) writer.exec("ROLLBACK");
      throw error;
    }
  }

  /** What SQLite throws fails the whole group; what a job throws is that job's answer. */
  #attempt(job: Job<unknown>, effects: (() => void)[]): Outcome {
    const own: (() => void)[] = [];
    this.#savepoint.run();
    try {
      const value = job({ after: (effect) => void own.push(effect) });
      this.#release.run();
      effects.push(...own);
      return { value };
    } catch (error) {
      if (isSqliteError(error)) throw error;
      this.#rollback.run();
      this.#release.run();
      return { error };
    }
  }

  #checkpoint(jobs: number): void {
    this.#sinceCheckpoint += jobs;
    if (this.#sinceCheckpoint < checkpointJobs) return;
    this.#sinceCheckpoint = 0;
    this.#database.checkpoint();
  }
}

function settle(waiting: Waiting | undefined, outcome: Outcome | undefined): void {
  if (waiting === undefined || outcome === undefined) return;
  if ("error" in outcome) waiting.reject(outcome.error);
  else waiting.resolve(outcome.value);
}

/** A transaction was rolled back: nothing of it was kept, and the next one may work. */
function metadataFailure(error: unknown): ObjectStoreError {
  return isDiskFull(error)
    ? new StoreFullError(error)
    : new ObjectStoreError("EIO", "metadata could not be changed", { cause: error });
}
