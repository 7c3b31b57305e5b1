import type {
  CheckedProgram,
  Definition,
  GraphNode,
  InteractiveQuery,
  Job,
  JobMetrics,
  JobOptions,
  JobSnapshot,
  JobStart,
  JobState,
  ProgramText,
  StreamingEngine,
} from "../../kernels/streaming/engine-port.ts";

type Rows = readonly { readonly kind: "+I" | "-U" | "+U" | "-D"; readonly values: readonly unknown[] }[];

/** An error as the engine's SQL has it. */
class WrongSql extends Error {
  override readonly name = "SqlError";
  readonly sqlState = "42601";
  readonly hint: string | undefined = undefined;
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** A job that does nothing, until a test says what it does. */
export class TestJob implements Job {
  readonly key: string;
  readonly program: string;
  readonly options: JobOptions;
  readonly restoredFrom: string | undefined;
  readonly #engine: TestEngine;
  #state: JobState = "running";
  figures: JobMetrics = {
    ...{ recordsIn: 0, recordsOut: 0, bytesIn: 0, bytesOut: 0, lateRows: 0, watermarkMs: undefined },
    ...{ lagMs: undefined, stateBytes: 0, restarts: 0, uptimeMs: 0, cpuSeconds: 0 },
    checkpoints: {
      ...{ completed: 0, failed: 0, lastDurationMs: undefined, lastPauseMs: undefined },
      ...{ lastBytes: undefined, lastCompletedMs: undefined },
    },
  };

  constructor(engine: TestEngine, start: Pick<JobStart, "key" | "program" | "options" | "restoreFrom">) {
    this.#engine = engine;
    this.key = start.key;
    this.program = start.program.text;
    this.options = start.options;
    this.restoredFrom = start.restoreFrom;
  }

  state(): JobState {
    return this.#state;
  }

  metrics(): JobMetrics {
    return this.figures;
  }

  graph(): readonly GraphNode[] {
    const { recordsIn, recordsOut, stateBytes, watermarkMs } = this.figures;
    return [{ id: 1, name: "source", inputs: [], recordsIn, recordsOut, stateBytes, watermarkMs }];
  }

  async snapshot(name: string): Promise<JobSnapshot> {
    if (this.#engine.failsSnapshots) throw new Error("the disk is full");
    return this.#engine.keep(this.key, name);
  }

  async stop(how: { readonly snapshot: string | undefined }): Promise<JobSnapshot | undefined> {
    const taken = how.snapshot === undefined ? undefined : await this.snapshot(how.snapshot);
    this.#state = "stopped";
    this.#engine.drop(this);
    return taken;
  }

  /** Ends by itself. */
  end(error?: Error): void {
    this.#state = error === undefined ? "finished" : "failed";
    this.#engine.drop(this);
    this.options.events.ended(error);
  }
}

function answer(text: string): InteractiveQuery {
  async function* rows(): AsyncGenerator<Rows> {
    yield [{ kind: "+I", values: [text] }];
  }
  return { columns: [{ name: "result", type: "STRING" }], rows: rows(), stop: async () => {} };
}

/**
 * The engine's port in memory, for the life of applications: programs with the word WRONG are not SQL, those with
 * FAILS do not start, what has ENDED ends when it is resumed, and nothing is computed. What runs SQL in tests is the engine itself, in tests/.
 */
export class TestEngine implements StreamingEngine {
  readonly jobs: Map<string, TestJob> = new Map();
  readonly kept: Map<string, Map<string, JobSnapshot>> = new Map();
  readonly forgotten: string[] = [];
  failsSnapshots = false;
  /** What each query answers; the query runs until it is stopped. */
  rows: Rows = [];
  /** Held back while it is set. */
  gate: Promise<void> | undefined;

  async check(program: ProgramText): Promise<CheckedProgram> {
    const at = program.text.indexOf("WRONG");
    if (at >= 0) throw new WrongSql(`unexpected "WRONG"`, at);
    return { sources: [], sinks: [], inserts: 1 };
  }

  async explain(program: ProgramText): Promise<string> {
    return `plan of ${program.text.length} characters`;
  }

  async start(start: JobStart): Promise<Job> {
    await this.gate;
    await this.check(start.program);
    if (start.program.text.includes("FAILS")) throw new Error("a table has no stream");
    if (start.restoreFrom !== undefined && this.kept.get(start.key)?.has(start.restoreFrom) !== true)
      throw new Error(`there is no snapshot ${start.restoreFrom}`);
    return this.#run(new TestJob(this, start));
  }

  async resume(key: string, program: ProgramText, options: JobOptions): Promise<Job> {
    if (program.text.includes("GONE")) throw new Error("the checkpoint cannot be read");
    const job = new TestJob(this, { key, program, options, restoreFrom: "checkpoint" });
    if (program.text.includes("ENDED")) queueMicrotask(() => job.end());
    return program.text.includes("ENDED") ? job : this.#run(job);
  }

  job(key: string): Job | undefined {
    return this.jobs.get(key);
  }

  async snapshots(key: string): Promise<readonly JobSnapshot[]> {
    return [...(this.kept.get(key)?.values() ?? [])];
  }

  async deleteSnapshot(key: string, snapshot: string): Promise<void> {
    this.kept.get(key)?.delete(snapshot);
  }

  async forget(key: string): Promise<void> {
    this.kept.delete(key);
    this.forgotten.push(key);
  }

  async define(program: ProgramText, statement: string): Promise<Definition> {
    await this.check({ ...program, text: `${program.text}${statement}` });
    return { isKept: statement.includes("glue") };
  }

  async query(program: ProgramText, query: string): Promise<InteractiveQuery> {
    await this.check({ ...program, text: `${program.text}${query}` });
    if (query.startsWith("EXPLAIN")) return answer(`plan of ${program.text.length} characters`);
    let stop: () => void = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const given = this.rows;
    async function* rows(): AsyncGenerator<Rows> {
      yield given;
      if (query.includes("bounded")) return;
      await stopped;
    }
    return { columns: [{ name: "word", type: "STRING" }], rows: rows(), stop: async () => stop() };
  }

  async close(): Promise<void> {}

  /** The process ends: jobs are gone, and what is on disk stays. */
  crash(): void {
    this.jobs.clear();
  }

  keep(key: string, name: string): JobSnapshot {
    const snapshots = this.kept.get(key) ?? new Map<string, JobSnapshot>();
    this.kept.set(key, snapshots);
    const snapshot = { name, createdMs: 0, bytes: 1, uids: [] };
    snapshots.set(name, snapshot);
    return snapshot;
  }

  drop(job: TestJob): void {
    if (this.jobs.get(job.key) === job) this.jobs.delete(job.key);
  }

  #run(job: TestJob): Job {
    this.jobs.set(job.key, job);
    return job;
  }
}
