import type { LogLevel } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Job, JobOptions, StreamingEngine } from "../../../kernels/streaming/engine-port.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable } from "../applications/application-table.ts";
import { isStudio, type VersionDocument } from "../applications/document.ts";
import { keptArchives } from "../code/code-check.ts";
import { type Program, ProgramError, programOf, type SqlProgram } from "../code/program.ts";
import { sqlFailureText } from "../code/sql-failure.ts";
import { defaultCheckpointing } from "../configuration/flink-settings.ts";
import type { KinesisAnalyticsV2Dependencies } from "../dependencies.ts";
import { type FlinkJob, type FlinkStart, noFlinkEngine } from "../flink-port.ts";
import { limits } from "../limits.ts";
import type { ApplicationLogs } from "./application-logs.ts";

/** A job without checkpoints would have a journal without an end. */
const checkpointAtLeastMs = 3_600_000;

export interface JobRequest {
  readonly version: VersionDocument;
  readonly parallelism: number;
  readonly restoreFrom?: string | undefined;
}

/** How a job has ended by itself. */
export type JobEnd = (application: Application, error: Error | undefined) => void;

/** Jobs of applications: on the embedded engine, or on a real Flink. */
export class JobHost {
  readonly #dependencies: KinesisAnalyticsV2Dependencies;
  readonly #table: ApplicationTable;
  readonly #logs: ApplicationLogs;
  readonly #ended: JobEnd;
  #engine: StreamingEngine | undefined;

  constructor(
    dependencies: KinesisAnalyticsV2Dependencies,
    table: ApplicationTable,
    logs: ApplicationLogs,
    ended: JobEnd,
  ) {
    this.#dependencies = dependencies;
    this.#table = table;
    this.#logs = logs;
    this.#ended = ended;
  }

  async engine(): Promise<StreamingEngine> {
    this.#engine ??= await this.#dependencies.engine();
    return this.#engine;
  }

  /** The embedded engine's job; undefined where none runs. */
  job(application: Application): Job | undefined {
    return this.#engine?.job(application.key);
  }

  foreignJob(application: Application): FlinkJob | undefined {
    return this.#dependencies.flink?.job(application.key);
  }

  /** @throws Error with what users should read */
  async start(application: Application, request: JobRequest): Promise<void> {
    const { version, restoreFrom } = request;
    if (isStudio(version.runtime)) return checkStudio(version);
    const program = await this.#program(application, version);
    const allowNonRestoredState = application.document.run?.allowNonRestoredState ?? false;
    if (program.kind === "foreign") {
      await this.#foreign().start(this.#foreignStart(application, request, program.code));
      return;
    }
    const engine = await this.engine();
    // What a crash has left of an earlier try.
    await engine.job(application.key)?.stop({ snapshot: undefined });
    await this.#readable(program, () =>
      engine.start({
        key: application.key,
        program: this.#programText(application, version, program.text),
        options: this.#options(application, request),
        restoreFrom,
        allowNonRestoredState,
      }),
    );
  }

  /** A job that ran when the process ended goes on. */
  async resume(application: Application, request: JobRequest): Promise<void> {
    const { version } = request;
    if (isStudio(version.runtime)) return;
    const program = await this.#program(application, version);
    if (program.kind === "foreign") {
      await this.#foreign().resume(application.key, this.#foreignStart(application, request, program.code));
      return;
    }
    const engine = await this.engine();
    if (engine.job(application.key) !== undefined) return;
    await this.#readable(program, () =>
      engine.resume(
        application.key,
        this.#programText(application, version, program.text),
        this.#options(application, request),
      ),
    );
  }

  /** Does nothing where nothing runs. */
  async stop(application: Application, snapshot: string | undefined): Promise<void> {
    const foreign = this.foreignJob(application);
    if (foreign !== undefined) return foreign.stop({ snapshot });
    if (isStudio(application.document.current.runtime)) return;
    await (await this.engine()).job(application.key)?.stop({ snapshot });
  }

  async snapshot(application: Application, name: string): Promise<void> {
    const foreign = this.foreignJob(application);
    if (foreign !== undefined) return foreign.snapshot(name);
    const job = this.job(application);
    if (job === undefined) throw new Error("The application has no running job.");
    await job.snapshot(name);
  }

  /** Whether the engine has a snapshot of this name. */
  async hasSnapshot(application: Application, name: string): Promise<boolean> {
    if ((await this.#dependencies.flink?.hasSnapshot(application.key, name)) === true) return true;
    const snapshots = await (await this.engine()).snapshots(application.key);
    return snapshots.some((snapshot) => snapshot.name === name);
  }

  async deleteSnapshot(application: Application, name: string): Promise<void> {
    await this.#dependencies.flink?.deleteSnapshot(application.key, name);
    await (await this.engine()).deleteSnapshot(application.key, name);
  }

  async forget(application: Application): Promise<void> {
    await this.#dependencies.flink?.forget(application.key);
    // Where nothing has ever run there is nothing to forget, and no engine needs to be loaded for it.
    if (this.#engine === undefined && application.document.run === undefined) return;
    await (await this.engine()).forget(application.key);
  }

  async #program(application: Application, version: VersionDocument): Promise<Program> {
    const { document } = application;
    const archives = keptArchives(this.#table, application);
    return programOf(this.#dependencies, document, version, document.run, archives);
  }

  #foreign(): NonNullable<KinesisAnalyticsV2Dependencies["flink"]> {
    const { flink } = this.#dependencies;
    if (flink === undefined) throw new ProgramError(noFlinkEngine);
    return flink;
  }

  #foreignStart(application: Application, request: JobRequest, code: Uint8Array): FlinkStart {
    return {
      key: application.key,
      application: application.document,
      code,
      parallelism: request.parallelism,
      restoreFrom: request.restoreFrom,
      allowNonRestoredState: application.document.run?.allowNonRestoredState ?? false,
    };
  }

  #programText(
    application: Application,
    version: VersionDocument,
    text: string,
  ): Parameters<StreamingEngine["check"]>[0] {
    const { account, region } = application.document;
    const context = { account, region, roleArn: version.role, sourceArn: application.arn };
    return { text, dialect: "flink", context };
  }

  #options(application: Application, { version, parallelism }: JobRequest): JobOptions {
    const flink = version.configuration.FlinkApplicationConfigurationDescription;
    const checkpoints = flink?.CheckpointConfigurationDescription ?? defaultCheckpointing;
    const { CheckpointInterval, MinPauseBetweenCheckpoints } = defaultCheckpointing;
    const intervalMs = checkpoints.CheckpointInterval ?? CheckpointInterval;
    const perKpu = flink?.ParallelismConfigurationDescription?.ParallelismPerKPU ?? 1;
    return {
      parallelism: Math.max(1, Math.min(parallelism, this.#dependencies.settings.maxWorkers)),
      checkpointIntervalMs: checkpoints.CheckpointingEnabled === false ? checkpointAtLeastMs : intervalMs,
      minPauseMs: checkpoints.MinPauseBetweenCheckpoints ?? MinPauseBetweenCheckpoints,
      maxStateBytes: Math.ceil(parallelism / perKpu) * limits.stateBytesPerKpu,
      events: {
        log: (level, message) =>
          this.#logs.write(application, level.toUpperCase() as LogLevel, "millrace.streaming.Job", message),
        ended: (error) => this.#ended(application, error),
      },
    };
  }

  /** Errors of SQL say where. */
  async #readable<T>({ source, placeOf }: SqlProgram, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = sqlFailureText(error, source, placeOf);
      throw failure === undefined ? error : new ProgramError(failure);
    }
  }
}

function checkStudio(version: VersionDocument): void {
  const artifacts =
    version.configuration.ZeppelinApplicationConfigurationDescription
      ?.CustomArtifactsConfigurationDescription;
  const functions = (artifacts ?? []).find(({ ArtifactType }) => ArtifactType === "UDF");
  if (functions === undefined) return;
  const { FileKey } = functions.S3ContentLocationDescription ?? {};
  throw new ProgramError(
    `The artifact ${FileKey} has user-defined functions in Java, which need an Apache Flink; here functions are written ` +
      "in JavaScript: CREATE TEMPORARY FUNCTION ... LANGUAGE JAVASCRIPT.",
  );
}
