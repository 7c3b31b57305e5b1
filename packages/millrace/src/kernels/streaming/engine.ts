import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { CatalogChange, CatalogPort } from "../../sql/flink/catalog/catalog-port.ts";
import { SqlError } from "../../sql/sql-error.ts";
import { JobDirectory, type JobRecord } from "./checkpoint/job-directory.ts";
import type { JobFiles } from "./checkpoint/job-files.ts";
import { type Manifest, uidsOf } from "./checkpoint/manifest.ts";
import { nodeJobFiles } from "./checkpoint/node-job-files.ts";
import type { Connector, ConnectorContext } from "./connector-port.ts";
import {
  type CheckedProgram,
  type Definition,
  type InteractiveQuery,
  type Job,
  type JobOptions,
  type JobSnapshot,
  type JobStart,
  JobStartError,
  type ProgramText,
  type StreamingEngine,
  type TableUse,
} from "./engine-port.ts";
import { explainPlan } from "./plan/index.ts";
import type { PhysicalPlan } from "./plan/physical-plan.ts";
import {
  bindText,
  type CompiledProgram,
  type CompileParts,
  compileProgram,
} from "./runtime/compile-program.ts";
import { EndedJob } from "./runtime/ended-job.ts";
import { joinedText, type QueryStart, startQuery } from "./runtime/interactive-query.ts";
import { type SinkNode, type SourceNode, sinkNodes, sourceNodes } from "./runtime/job-plan.ts";
import type { JobParts, JobSetup } from "./runtime/job-port.ts";
import { settleRun } from "./runtime/settle-run.ts";
import { StreamingJob } from "./runtime/streaming-job.ts";
import type { SubtaskHost } from "./runtime/subtask-port.ts";
import { ThreadHost } from "./runtime/thread-host.ts";

export interface StreamingEngineParts {
  /** Where jobs are kept; made when the first one starts. */
  readonly directory: string;
  readonly clock: Clock;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Catalogs that outlive programs, as an application may use them. */
  readonly catalogs?: (context: ProgramText["context"]) => ProgramCatalogs;
  /** For tests. */
  readonly files?: JobFiles;
  readonly host?: SubtaskHost;
  readonly minRoundMs?: number;
}

export interface ProgramCatalogs {
  readonly port: CatalogPort;
  /** Does what a program has done to catalogs, when it starts. */
  apply(changes: readonly CatalogChange[]): Promise<void>;
}

/** For one subtask and round: enough for the columns to be worth their making, little enough to be quick. */
const roundLimits = Object.freeze({ maxBytes: 4 * 1024 * 1024, maxRecords: 32_768 });
/** Rounds that bring little begin at least this far apart. */
const minRoundMs = 5;
const maxHeapMiB = 4096;
const maxQueryStateBytes = 512 * 1024 * 1024;
/** One subtask of each operator a thread: as many as there are key groups. */
const maxParallelism = 128;

export function createStreamingEngine(parts: StreamingEngineParts): StreamingEngine {
  return new Engine(parts);
}

class Engine implements StreamingEngine {
  readonly #parts: StreamingEngineParts;
  readonly #jobParts: JobParts;
  readonly #jobs = new Map<string, StreamingJob>();
  /** What changes a job's directory, key by key. */
  readonly #keys = new Map<string, SerialTasks>();
  readonly #queries = new Set<InteractiveQuery>();

  constructor(parts: StreamingEngineParts) {
    this.#parts = parts;
    this.#jobParts = {
      clock: parts.clock,
      files: parts.files ?? nodeJobFiles,
      host: parts.host ?? new ThreadHost({ maxHeapMiB }),
      connectors: parts.connectors,
      roundLimits,
      minRoundMs: parts.minRoundMs ?? minRoundMs,
    };
  }

  async check(program: ProgramText): Promise<CheckedProgram> {
    const { job, bound } = await this.#compile(program);
    return {
      sources: sourceNodes(job.plan).map(tableUse),
      sinks: sinkNodes(job.plan).map(tableUse),
      inserts: bound.inserts.length,
    };
  }

  async explain(program: ProgramText): Promise<string> {
    const { job } = await this.#compile(program);
    return explainPlan(job.plan);
  }

  async start(start: JobStart): Promise<Job> {
    const { key, program, options, restoreFrom, allowNonRestoredState } = start;
    using _warm = this.#jobParts.host.warm?.();
    const compiled = await this.#compile(program);
    return await this.#inTurn(key, async () => {
      if (this.job(key) !== undefined) throw new JobStartError("The job is running already.");
      const directory = this.#directory(key);
      const setup = this.#setup(key, program, compiled, withSettings(options, compiled), directory);
      const before = await directory.read();
      const manifest = await this.#restorable(directory, restoreFrom, compiled, allowNonRestoredState);
      await this.#leave(setup, before);
      await this.#parts.catalogs?.(program.context).apply(compiled.bound.catalogChanges);
      const run = (before?.run ?? 0) + 1;
      const record: JobRecord = {
        ...{ version: 1, key, run, phase: "running", isSettled: false },
        mode: manifest?.mode ?? "double",
        startedMs: manifest?.startedMs ?? this.#parts.clock.now(),
        failure: undefined,
        program: hashOf(program.text),
      };
      await this.#jobParts.files.makeDirectory(join(this.#parts.directory, directory.id));
      await this.#jobParts.files.syncDirectory(this.#parts.directory);
      await directory.createRun(run, restoreFrom);
      await directory.write(record);
      await directory.removeRunsBefore(run);
      for (const warning of compiled.bound.warnings) options.events.log("warn", warning);
      return await this.#run(setup, record, false);
    });
  }

  async resume(key: string, program: ProgramText, options: JobOptions): Promise<Job> {
    using _warm = this.#jobParts.host.warm?.();
    const compiled = await this.#compile(program);
    return await this.#inTurn(key, async () => {
      if (this.job(key) !== undefined) throw new JobStartError("The job is running already.");
      const directory = this.#directory(key);
      const record = await directory.read();
      if (record === undefined || record.phase === "stopped")
        throw new JobStartError("The job was not running.");
      if (record.program !== hashOf(program.text)) {
        throw new JobStartError("The job was running another program: it can be started from a snapshot.");
      }
      const setup = this.#setup(key, program, compiled, withSettings(options, compiled), directory);
      if (record.phase !== "running") return await this.#tellEnd(setup, record, record.phase);
      return await this.#run(setup, record, true);
    });
  }

  job(key: string): Job | undefined {
    const job = this.#jobs.get(key);
    return job === undefined || hasEnded(job) ? undefined : job;
  }

  async snapshots(key: string): Promise<readonly JobSnapshot[]> {
    return await this.#directory(key).snapshots();
  }

  async deleteSnapshot(key: string, snapshot: string): Promise<void> {
    await this.#inTurn(key, () => this.#directory(key).deleteSnapshot(snapshot));
  }

  async forget(key: string): Promise<void> {
    // A start that waits for something has the turn: it ends first.
    await this.#jobs.get(key)?.stop({ snapshot: undefined });
    await this.#inTurn(key, async () => {
      await this.#jobs.get(key)?.stop({ snapshot: undefined });
      this.#jobs.delete(key);
      await this.#directory(key).remove();
    });
    this.#keys.delete(key);
  }

  async define(program: ProgramText, statement: string): Promise<Definition> {
    const parts = this.#compileParts(program);
    const before = await bindText(program.text, parts);
    const after = await bindText(joinedText(program.text, statement), parts);
    const changes = after.catalogChanges.slice(before.catalogChanges.length);
    await this.#parts.catalogs?.(program.context).apply(changes);
    return { isKept: changes.length > 0 };
  }

  async query(program: ProgramText, query: string, context: ConnectorContext): Promise<InteractiveQuery> {
    const warm = this.#jobParts.host.warm?.();
    const settled = (): void => warm?.[Symbol.dispose]();
    const start = { programText: program.text, query, context, maxStateBytes: maxQueryStateBytes, settled };
    const started = await this.#startQuery(program, start);
    const stop = async (): Promise<void> => {
      this.#queries.delete(handed);
      await started.stop();
    };
    const handed: InteractiveQuery = { ...started, stop };
    this.#queries.add(handed);
    return handed;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queries].map((query) => query.stop()));
    const jobs = [...this.#jobs.values()].filter((job) => !hasEnded(job));
    await Promise.all(jobs.map((job) => job.suspend()));
    this.#jobs.clear();
  }

  async #startQuery(program: ProgramText, start: QueryStart): Promise<InteractiveQuery> {
    try {
      return await startQuery(this.#jobParts, this.#compileParts(program), start);
    } catch (error) {
      start.settled();
      throw error;
    }
  }

  async #run(setup: JobSetup, record: JobRecord, isResumed: boolean): Promise<Job> {
    const job = new StreamingJob(this.#jobParts, setup, record);
    this.#jobs.set(setup.key, job);
    await job.run(isResumed);
    return job;
  }

  /** The job has ended by itself, and the process before its end was told. */
  async #tellEnd(setup: JobSetup, record: JobRecord, phase: "finished" | "failed"): Promise<Job> {
    await this.#leave(setup, record);
    if (!record.isSettled) await setup.directory.write({ ...record, isSettled: true });
    const error = phase === "failed" ? new Error(record.failure ?? "The job has failed.") : undefined;
    queueMicrotask(() => setup.options.events.ended(error));
    return new EndedJob(setup.key, phase);
  }

  #setup(
    key: string,
    program: ProgramText,
    { job }: CompiledProgram,
    options: JobOptions,
    directory: JobDirectory,
  ): JobSetup {
    return { key, job, directory, identity: program.context, options };
  }

  /** The manifest of a snapshot that the program can go on from. @throws JobStartError */
  async #restorable(
    directory: JobDirectory,
    snapshot: string | undefined,
    { job }: CompiledProgram,
    allowNonRestoredState: boolean,
  ): Promise<Manifest | undefined> {
    if (snapshot === undefined) return undefined;
    const manifest = await directory.manifestOf(snapshot);
    if (manifest === undefined) throw new JobStartError(`There is no snapshot ${snapshot}.`);
    const missing = missingUids(manifest, job.plan);
    if (missing.length > 0 && !allowNonRestoredState) {
      throw new JobStartError(
        `The snapshot ${snapshot} has state of operators that the program does not have: ` +
          `${missing.join(", ")}. It is dropped when non-restored state is allowed.`,
      );
    }
    return manifest;
  }

  /** A run that was never brought to its end: what it has left in its sinks. */
  async #leave(setup: JobSetup, before: JobRecord | undefined): Promise<void> {
    if (before === undefined || before.isSettled) return;
    try {
      await settleRun(this.#jobParts, setup, before);
    } catch (error) {
      throw new JobStartError("What the job has left in its sinks when it ended cannot be cleared.", {
        cause: error,
      });
    }
  }

  async #compile(program: ProgramText): Promise<CompiledProgram> {
    if (program.dialect !== "flink") {
      throw new SqlError("0A000", `The engine runs Flink SQL; ${program.dialect} is rewritten to it first`);
    }
    return await compileProgram(program.text, this.#compileParts(program));
  }

  #compileParts(program: ProgramText): CompileParts {
    const catalogs = this.#parts.catalogs?.(program.context).port;
    return { connectors: this.#parts.connectors, catalogs };
  }

  #directory(key: string): JobDirectory {
    return new JobDirectory(this.#jobParts.files, this.#parts.directory, key);
  }

  #inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const tasks = this.#keys.get(key) ?? new SerialTasks();
    this.#keys.set(key, tasks);
    return tasks.run(task);
  }
}

function hasEnded(job: StreamingJob): boolean {
  return ["finished", "failed", "stopped"].includes(job.state());
}

/** What the program says itself goes before what it was started with. */
function withSettings(options: JobOptions, { bound }: CompiledProgram): JobOptions {
  const { parallelism, checkpointIntervalMs, checkpointMinPauseMs } = bound.settings;
  return {
    ...options,
    parallelism: Math.min(maxParallelism, parallelism ?? options.parallelism),
    checkpointIntervalMs: checkpointIntervalMs ?? options.checkpointIntervalMs,
    minPauseMs: checkpointMinPauseMs ?? options.minPauseMs,
  };
}

/** Operators and sources whose state a plan has no place for. */
function missingUids(manifest: Manifest, plan: PhysicalPlan): readonly string[] {
  const uids = new Set(plan.nodes.map((node) => node.uid));
  return [...uidsOf(manifest), ...manifest.sources.map((source) => source.uid)].filter(
    (uid) => !uids.has(uid),
  );
}

function tableUse({ operator }: SourceNode | SinkNode): TableUse {
  const { path, options } = operator.table;
  return { name: path.join("."), connector: options["connector"] ?? "", options };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
