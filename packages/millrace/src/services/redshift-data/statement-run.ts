import type { Clock } from "../../core/clock.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import type { ActiveStatement } from "./active-statement.ts";
import { columnMetadata } from "./column-metadata.ts";
import type { Part } from "./document.ts";
import type { ResultFiles, ResultWriter } from "./result-files.ts";
import { errorText, runSql } from "./run-sql.ts";

/** What AWS says of those that were not run, spelled as it does. */
const notRun = "Connection or an prior query failed.";

export interface RunParts {
  readonly clock: Clock;
  readonly results: ResultFiles;
}

/** Runs the statements of a document in a session, and notes in it how each of them ended. */
export class StatementRun {
  readonly #parts: RunParts;
  readonly #active: ActiveStatement;
  readonly #session: SqlSession;
  readonly #parameters: ReadonlyMap<string, string>;

  constructor(parts: RunParts, active: ActiveStatement, session: SqlSession) {
    this.#parts = parts;
    this.#active = active;
    this.#session = session;
    this.#parameters = new Map(active.document.parameters.map(({ name, value }) => [name, value]));
  }

  async run(): Promise<void> {
    const { document } = this.#active;
    const isTransaction = document.isBatch && document.mode === "TRANSACTION";
    if (isTransaction) await this.#control("begin");
    for (const [index, part] of document.parts.entries()) {
      await this.#runPart(part, index, isTransaction);
      if (part.status === "FINISHED") continue;
      if (document.mode === "AUTO_COMMIT" && this.#active.cancelReason === undefined) continue;
      skipRest(document.parts, index + 1, this.#parts.clock.now());
      break;
    }
    const failed = document.parts.findIndex(({ status }) => status !== "FINISHED");
    if (isTransaction && !(await this.#endTransaction(failed < 0))) return;
    if (failed >= 0) this.#noteFailure(failed);
    else document.status = "FINISHED";
  }

  #noteFailure(index: number): void {
    const { document, cancelReason } = this.#active;
    const part = document.parts[index];
    document.status = part?.status ?? "FAILED";
    const error = cancelReason ?? part?.error ?? notRun;
    document.error =
      document.isBatch && cancelReason === undefined ? `Query #${index + 1} failed with ${error}` : error;
  }

  async #runPart(part: Part, index: number, inTransaction: boolean): Promise<void> {
    const { clock, results } = this.#parts;
    const startedMs = clock.now();
    part.status = "STARTED";
    part.updatedAtMs = startedMs;
    this.#active.changed();
    const sink = new FileSink(results, this.#active.document.id, index);
    try {
      this.#check();
      const answer = await runSql(this.#session, part.sql, this.#parameters, sink, () => this.#check());
      // What is committed has its rows.
      await sink.finish();
      if (!inTransaction) await this.#session.sync();
      part.rows = answer.rows;
      part.resultBytes = sink.bytes;
      if (answer.columns !== undefined) part.columns = answer.columns.map(columnMetadata);
      part.status = "FINISHED";
    } catch (error) {
      await this.#undo(sink, index);
      part.status = this.#active.cancelReason === undefined ? "FAILED" : "ABORTED";
      part.error = this.#active.cancelReason ?? errorText(error);
    }
    part.queryId = this.#session.lastQueryId ?? -1;
    part.updatedAtMs = clock.now();
    part.durationMs = part.updatedAtMs - startedMs;
    this.#active.changed();
  }

  #check(): void {
    const { cancelReason } = this.#active;
    if (cancelReason !== undefined) throw new Error(cancelReason);
  }

  /** Leaves neither changes nor rows behind. */
  async #undo(sink: FileSink, index: number): Promise<void> {
    await sink.abandon();
    await this.#parts.results.remove(this.#active.document.id, index);
    // The session knows of its own failures; of those with the file it must be told.
    await this.#session.fail().catch(() => undefined);
    await this.#session.sync().catch(() => undefined);
  }

  /** False when a commit has failed, which it then has noted. */
  async #endTransaction(isGood: boolean): Promise<boolean> {
    try {
      await this.#control(isGood ? "commit" : "rollback");
    } catch (error) {
      if (isGood) {
        const { document, cancelReason } = this.#active;
        document.status = cancelReason === undefined ? "FAILED" : "ABORTED";
        document.error = cancelReason ?? errorText(error);
        return false;
      }
    }
    return true;
  }

  async #control(sql: "begin" | "commit" | "rollback"): Promise<void> {
    await runSql(this.#session, sql, new Map(), noRows);
    await this.#session.sync();
  }
}

/** Those of a batch that a failure or a cancel kept from running. */
export function skipRest(parts: readonly Part[], from: number, nowMs: number): void {
  for (const part of parts.slice(from)) {
    part.status = "ABORTED";
    part.error = notRun;
    part.updatedAtMs = nowMs;
  }
}

const noRows = Object.freeze({
  begin: () => Promise.resolve(),
  add: () => Promise.resolve(),
});

/** Makes the file when the statement turns out to have rows. */
class FileSink {
  readonly #results: ResultFiles;
  readonly #id: string;
  readonly #part: number;
  #writer: ResultWriter | undefined;

  constructor(results: ResultFiles, id: string, part: number) {
    this.#results = results;
    this.#id = id;
    this.#part = part;
  }

  get bytes(): number {
    return this.#writer?.bytes ?? 0;
  }

  async begin(): Promise<void> {
    this.#writer = await this.#results.create(this.#id, this.#part);
  }

  async add(row: readonly (string | null)[]): Promise<void> {
    await this.#writer?.add(row);
  }

  async finish(): Promise<void> {
    await this.#writer?.finish();
  }

  async abandon(): Promise<void> {
    await this.#writer?.abandon().catch(() => undefined);
  }
}
