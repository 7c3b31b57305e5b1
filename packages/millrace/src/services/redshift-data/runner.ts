import type { Logger } from "../../core/logger.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { ActiveStatement } from "./active-statement.ts";
import { type Connector, connect } from "./connect.ts";
import type { OpenSession } from "./data-session.ts";
import { isFinal, type Owner, type StatementDocument } from "./document.ts";
import { tooManyStatements } from "./errors.ts";
import { limits } from "./limits.ts";
import type { ResultFiles } from "./result-files.ts";
import { errorText } from "./run-sql.ts";
import type { SessionTable } from "./session-table.ts";
import { StatementRun, skipRest } from "./statement-run.ts";
import type { ClientToken, StatementTable } from "./statement-table.ts";

export interface RunnerParts extends Connector {
  readonly log: Logger;
  readonly results: ResultFiles;
  readonly statements: StatementTable;
  readonly sessions: SessionTable;
}

/**
 * Runs statements behind the calls that brought them. Those without a session wait in line for one of a few
 * places. Those in a session do not: what they wait for may be a lock that only another session's next
 * statement releases.
 */
export class StatementRunner {
  readonly #parts: RunnerParts;
  readonly #active = new Map<string, ActiveStatement>();
  readonly #waiting: ActiveStatement[] = [];
  readonly #tasks = new Set<Promise<void>>();
  #running = 0;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  get(id: string): ActiveStatement | undefined {
    return this.#active.get(id);
  }

  all(): Iterable<ActiveStatement> {
    return this.#active.values();
  }

  /** @throws ServiceError when the cluster has too many */
  checkRoom({ account, region }: Owner, cluster: string): void {
    let count = 0;
    for (const { document } of this.#active.values())
      if (document.account === account && document.region === region && document.cluster === cluster) count++;
    if (count >= limits.activeStatements) throw tooManyStatements(limits.activeStatements);
  }

  /** Resolves when the statement is kept; it runs afterwards. */
  async submit(
    document: StatementDocument,
    session: OpenSession | undefined,
    token: ClientToken | undefined,
  ): Promise<ActiveStatement> {
    const active = new ActiveStatement(document, this.#parts.clock);
    this.#active.set(document.id, active);
    try {
      await this.#parts.statements.insert(document, token);
    } catch (error) {
      this.#active.delete(document.id);
      throw error;
    }
    if (session !== undefined) this.#start(active, session);
    else {
      this.#waiting.push(active);
      this.#startWaiting();
    }
    return active;
  }

  cancel(active: ActiveStatement, reason: string): void {
    active.cancel(reason);
    const place = this.#waiting.indexOf(active);
    if (place < 0) return;
    // It has nothing to do any more, so it needs no place.
    this.#waiting.splice(place, 1);
    this.#running++;
    this.#start(active, undefined);
  }

  /** Ends all that runs or waits. */
  async stop(reason: string): Promise<void> {
    for (const active of this.#active.values()) this.cancel(active, reason);
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  #startWaiting(): void {
    while (this.#running < limits.runningStatements) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running++;
      this.#start(next, undefined);
    }
  }

  #start(active: ActiveStatement, session: OpenSession | undefined): void {
    const task = this.#run(active, session).finally(() => {
      this.#tasks.delete(task);
      if (session !== undefined) return;
      this.#running--;
      this.#startWaiting();
    });
    this.#tasks.add(task);
  }

  async #run(active: ActiveStatement, session: OpenSession | undefined): Promise<void> {
    const { clock, log, statements } = this.#parts;
    const { document } = active;
    const startedMs = clock.now();
    const timer = clock.after(limits.durationMs, () =>
      active.cancel("The maximum duration of a query is 24 hours."),
    );
    this.#step(active, "PICKED");
    let sql: SqlSession | undefined;
    try {
      if (active.cancelReason === undefined) sql = await this.#open(document, session);
      active.runsIn(sql);
      this.#step(active, "STARTED");
      if (sql !== undefined) await new StatementRun(this.#parts, active, sql).run();
    } catch (error) {
      if (session !== undefined && sql === undefined) this.#parts.sessions.close(session);
      document.error = active.cancelReason ?? errorText(error);
    }
    timer.cancel();
    active.runsIn(undefined);
    if (session !== undefined) this.#parts.sessions.release(session);
    else
      await sql?.close().catch((error: unknown) => log.warn({ err: error }, "a session could not be closed"));
    finish(active, clock.now(), startedMs);
    try {
      await statements.update(document);
      this.#active.delete(document.id);
    } catch (error) {
      // It stays in memory, so that the client sees how it ended.
      log.error({ err: error, statement: document.id }, "the end of a statement could not be noted");
    }
    active.end();
  }

  async #open(document: StatementDocument, session: OpenSession | undefined): Promise<SqlSession> {
    if (session === undefined) return connect(this.#parts, document, document);
    session.sql ??= await connect(this.#parts, document, document, () => {
      session.sql = undefined;
      this.#parts.sessions.close(session);
    });
    return session.sql;
  }

  #step(active: ActiveStatement, status: "PICKED" | "STARTED"): void {
    active.document.status = status;
    active.document.updatedAtMs = this.#parts.clock.now();
    active.changed();
  }
}

/** Whatever happened, everything has an end afterwards. */
function finish({ document, cancelReason }: ActiveStatement, nowMs: number, startedMs: number): void {
  if (!isFinal(document.status)) {
    document.status = cancelReason === undefined ? "FAILED" : "ABORTED";
    document.error ??= cancelReason ?? "";
    const open = document.parts.findIndex(({ status }) => !isFinal(status));
    if (open >= 0) skipRest(document.parts, open, nowMs);
  }
  const [only] = document.parts;
  if (!document.isBatch && only !== undefined) {
    only.status = document.status;
    if (document.error !== undefined) only.error = document.error;
  }
  document.updatedAtMs = nowMs;
  document.durationMs = nowMs - startedMs;
}
