import { randomInt } from "node:crypto";
import type { Timer } from "../../../core/clock.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { UserRecord } from "../leader-records.ts";
import type { RunningSession, RunningStatement } from "../query-log.ts";
import type {
  ExecuteOptions,
  ParsedStatement,
  PreparedStatement,
  ResultColumn,
  SqlSession,
  StatementResult,
} from "../sql-session.ts";
import { kindOf } from "../statements/statement-table.ts";
import { exactTypes } from "../values/exact-types.ts";
import { applySetting } from "./apply-setting.ts";
import { runData } from "./data-runner.ts";
import { cancelledError, isInvalidated, sessionError } from "./errors.ts";
import { statementFact } from "./logged-statement.ts";
import type { Plan, PlanConditions } from "./planner.ts";
import { isData, isEnd, type SessionPrepared } from "./prepared.ts";
import { tagResult } from "./results.ts";
import type { SessionControl } from "./session-host.ts";
import type { SessionParts } from "./session-parts.ts";
import { settingDefinitions } from "./setting-table.ts";
import { StatementScope } from "./statement-scope.ts";

/** What parameters of statements that are neither queries nor changes of data are taken for. */
const text: SqlType = Object.freeze({ name: "character varying" });

/** A connection to a cluster. See SqlSession for what its methods promise. */
export class Session implements SqlSession, SessionControl {
  readonly secretKey: number = randomInt(1, 2 ** 31);
  readonly #parts: SessionParts;
  readonly #logged: RunningSession;
  /** Calls that are under way: a session that is ended from elsewhere waits for them. */
  readonly #working = new SerialTasks();
  #idleTimer: Timer | undefined;
  /** The answer whose rows the client may still be reading. */
  #reading: { readonly result: StatementResult; readonly logged: RunningStatement } | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: SessionParts, logged: RunningSession) {
    this.#parts = parts;
    this.#logged = logged;
    this.#restartIdleTimer();
  }

  get processId(): number {
    return this.#parts.processId;
  }

  get database(): string {
    return this.#parts.users.database.name;
  }

  get databaseOid(): number {
    return this.#parts.database.oid;
  }

  get user(): UserRecord {
    return this.#parts.users.current;
  }

  get transaction(): "idle" | "open" | "failed" {
    return this.#parts.block.state;
  }

  get openTransaction(): SessionControl["openTransaction"] {
    return this.#parts.block.transaction;
  }

  get lastQueryId(): number {
    return this.#parts.lastNumbers.queryId;
  }

  setting(name: string): string | undefined {
    return this.#parts.settings.get(name.toLowerCase());
  }

  parse(script: string): readonly ParsedStatement[] {
    const caseSensitive = this.#parts.settings.isOn("enable_case_sensitive_identifier");
    return this.#parts.host.parse(script, caseSensitive);
  }

  prepare(
    statement: ParsedStatement,
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<PreparedStatement> {
    return this.#working.run(() => this.#prepare(statement, parameterTypes));
  }

  execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options: ExecuteOptions = {},
  ): Promise<StatementResult> {
    return this.#working.run(() => this.#execute(prepared, parameters, options));
  }

  sync(): Promise<void> {
    return this.#working.run(() => this.#sync());
  }

  fail(): Promise<void> {
    return this.#working.run(async () => {
      await this.#finishReading();
      await this.#parts.block.fail();
    });
  }

  async #prepare(
    statement: ParsedStatement,
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<PreparedStatement> {
    await this.#finishReading();
    const scope = this.#scopeOf(statement, {});
    try {
      if (isData(statement.ast)) {
        const plan = await this.#plan(scope, parameterTypes, scope?.transaction.isOpenInEngine === true);
        const prepared: SessionPrepared = {
          statement,
          parameterTypes: plan.bound.parameterTypes,
          columns: plan.columns,
          givenTypes: parameterTypes,
          plan,
        };
        return prepared;
      }
      const columns = scope === undefined ? undefined : await columnsOf(scope);
      const { parameterCount } = kindOf(statement.ast);
      return { statement, parameterTypes: Array.from({ length: parameterCount }, () => text), columns };
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  async #execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options: ExecuteOptions,
  ): Promise<StatementResult> {
    if (this.#closing !== undefined) throw new SqlError("57P01", "the session has ended");
    await this.#finishReading();
    this.#idleTimer?.cancel();
    const { host, cancellation, settings } = this.#parts;
    const logged = host.queryLog.begin(statementFact(this.#parts, prepared.statement));
    this.#logged.state = logged.text;
    cancellation.begin(settings.number("statement_timeout"), cancelledError());
    try {
      const result = await this.#run(prepared, parameters, options, logged);
      if (result.columns === undefined) this.#ended(logged, result.rowCount());
      else if (options.held !== true) this.#reading = { result, logged };
      return result;
    } catch (error) {
      const shown = await this.#fail(error);
      this.#noteError(logged, shown);
      throw shown;
    }
  }

  async #sync(): Promise<void> {
    await this.#finishReading();
    const { block } = this.#parts;
    try {
      if (block.state === "idle" && block.transaction !== undefined) await block.commit();
    } catch (error) {
      throw await this.#fail(error);
    } finally {
      this.#logged.state = block.state === "idle" ? "idle" : "idle in transaction";
      this.#restartIdleTimer();
    }
  }

  cancel(): void {
    this.#parts.cancellation.cancel(cancelledError());
  }

  terminate(sqlState: string, message: string): void {
    if (this.#closing !== undefined) return;
    this.#parts.cancellation.cancel(new SqlError(sqlState, message));
    this.#parts.events.terminated({ sqlState, message });
    void this.close();
  }

  setConfig(name: string, value: string, local: boolean): string {
    const { settings, events } = this.#parts;
    // The engine takes its zone for the whole of a statement.
    if (name === "timezone") throw new SqlError("0A000", "set_config of timezone; use SET");
    const now = settings.set(name.toLowerCase(), [value], local);
    if (settingDefinitions.get(name)?.reported === true) events.parameter(name, now);
    return now;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** When a close that was begun has ended. */
  get closed(): Promise<void> {
    return this.#closing ?? Promise.resolve();
  }

  async #close(): Promise<void> {
    this.#idleTimer?.cancel();
    const { host, block, planner, connection, processId } = this.#parts;
    this.cancel();
    await this.#working.settled();
    try {
      await this.#finishReading().catch(() => undefined);
      await block.rollback();
    } finally {
      planner.dispose();
      connection.close();
      host.queryLog.disconnected(this.#logged, host.clock.now());
      host.forget(processId);
    }
  }

  async #run(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options: ExecuteOptions,
    logged: RunningStatement,
  ): Promise<StatementResult> {
    const { statement } = prepared;
    const { block } = this.#parts;
    if (block.state === "failed" && isEnd(statement.ast)) {
      const end = await block.commit();
      return tagResult(end === "committed" ? "COMMIT" : "ROLLBACK");
    }
    const scope = this.#scope(statement, logged, options);
    if (!isData(statement.ast)) return this.#runKind(scope, parameters);
    const known = "plan" in prepared ? (prepared as SessionPrepared) : undefined;
    if (known === undefined) return this.#runData(scope, [], undefined, parameters);
    const { givenTypes, plan } = known;
    const types = exactTypes(givenTypes, known.parameterTypes, parameters);
    return this.#runData(scope, types, types === givenTypes ? plan : undefined, parameters);
  }

  async #runKind(scope: StatementScope, parameters: readonly (string | null)[]): Promise<StatementResult> {
    const { ast } = scope.statement;
    const { block } = this.#parts;
    const kind = kindOf(ast);
    if (kind.place === "alone") {
      if (block.state !== "idle")
        throw new SqlError("25001", `${kind.name} cannot run inside a transaction block`);
      await block.commit();
      block.ensure();
      const alone = this.#scope(scope.statement, scope.logged, scope.options);
      const result = await kind.run(alone, parameters);
      if (result.columns === undefined) await block.commit();
      return result;
    }
    return kind.run(scope, parameters);
  }

  #runData(
    scope: StatementScope,
    parameterTypes: readonly (SqlType | undefined)[],
    known: Plan | undefined,
    parameters: readonly (string | null)[],
  ): Promise<StatementResult> {
    let plan = known;
    return runData(this.#parts, {
      scope,
      parameterTypes,
      parameters,
      plan: async (wide) => {
        if (plan === undefined || !plan.holds(this.#conditions(scope, wide)) || !plan.bound.reusable)
          plan = await this.#plan(scope, parameterTypes, wide);
        return plan;
      },
      failed: (error) => scope.failed(error),
      ended: (rows) => scope.ended(rows),
    });
  }

  #plan(
    scope: StatementScope | undefined,
    parameterTypes: readonly (SqlType | undefined)[],
    wide: boolean,
  ): Promise<Plan> {
    if (scope === undefined) throw failedBlock();
    return scope.withDatabases(() =>
      this.#parts.planner.plan(scope.statement, parameterTypes, this.#conditions(scope, wide), {
        space: scope.nameSpace,
        session: scope.sessionValues,
      }),
    );
  }

  #conditions(scope: StatementScope, wide: boolean): PlanConditions {
    const { settings, users } = this.#parts;
    return {
      view: scope.catalog,
      settingsKey: settings.bindingKey(),
      userId: users.current.id,
      leader: scope.leader,
      wide,
    };
  }

  /** Undefined in a failed block for what may run there. */
  #scopeOf(statement: ParsedStatement, options: ExecuteOptions): StatementScope | undefined {
    if (this.#parts.block.state === "failed") {
      if (isEnd(statement.ast)) return undefined;
      throw failedBlock();
    }
    return this.#scope(statement, { ...statementFact(this.#parts, statement), queryId: 0 }, options);
  }

  #scope(statement: ParsedStatement, logged: RunningStatement, options: ExecuteOptions): StatementScope {
    return new StatementScope(this.#parts, statement, logged, options, {
      run: (other, parameters, types) =>
        this.#runData(this.#scope(other, logged, options), types, undefined, parameters),
      applySetting: (name, value) => applySetting(this.#parts, name, value),
      failed: (error) => this.#failReading(error, logged),
      ended: (rows) => this.#ended(logged, rows),
    });
  }

  /** An answer ends with the next statement, whoever reads it. */
  async #finishReading(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    if (reading === undefined) return;
    await reading.result.batches[Symbol.asyncIterator]().return?.(undefined);
    this.#ended(reading.logged, reading.result.rowCount());
  }

  #ended(logged: RunningStatement, rows: number): void {
    const { cancellation, host, lastNumbers, scans } = this.#parts;
    cancellation.end();
    scans.ended(logged.error?.message);
    logged.rows = Math.max(0, rows);
    lastNumbers.queryId = logged.queryId;
    host.queryLog.end(logged, host.clock.now());
  }

  #noteError(logged: RunningStatement, { sqlState, message }: SqlError): void {
    logged.error = { sqlState, message };
    logged.aborted = true;
    this.#ended(logged, 0);
  }

  /** The error as the client sees it; the transaction has failed. */
  async #fail(error: unknown): Promise<SqlError> {
    const shown = this.#shown(error);
    this.#parts.cancellation.end();
    if (isInvalidated(error)) {
      this.#parts.block.abandon();
      this.#parts.host.engineFailed(error);
    } else await this.#parts.block.fail();
    return shown;
  }

  /** While rows are read. */
  async #failReading(error: unknown, logged: RunningStatement): Promise<SqlError> {
    const shown = await this.#fail(error);
    this.#reading = undefined;
    this.#noteError(logged, shown);
    return shown;
  }

  #shown(error: unknown): SqlError {
    const { block, processId, cancellation, scans } = this.#parts;
    const { transaction } = block;
    return sessionError(scans.translated(error), {
      transactionId: transaction?.id ?? 0,
      processId,
      relation: (oid) => transaction?.catalog.relationByOid(oid),
      cancelled: cancellation.error,
    });
  }

  #restartIdleTimer(): void {
    this.#idleTimer?.cancel();
    const { settings, host } = this.#parts;
    const timeoutMs = settings.number("idle_session_timeout");
    if (timeoutMs > 0 && this.#closing === undefined)
      this.#idleTimer = host.clock.after(timeoutMs, () =>
        this.terminate("57P05", "terminating connection due to idle session timeout"),
      );
  }
}

function failedBlock(): SqlError {
  return new SqlError(
    "25P02",
    "current transaction is aborted, commands ignored until end of transaction block",
  );
}

async function columnsOf(scope: StatementScope): Promise<readonly ResultColumn[] | undefined> {
  return kindOf(scope.statement.ast).columns(scope);
}
