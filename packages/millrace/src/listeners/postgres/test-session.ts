import { type DuckDBConnection, type DuckDBResult, StatementType } from "@duckdb/node-api";
import type {
  ExecuteOptions,
  ParsedStatement,
  PreparedStatement,
  ResultColumn,
  RowBatch,
  SessionEvents,
  SqlSession,
  StatementResult,
} from "../../kernels/warehouse/sql-session.ts";
import { SqlError, type SqlType } from "../../kernels/warehouse/values/index.ts";
import { engineNameOf, typeOfEngine } from "./test-types.ts";

interface TestSessionOptions {
  readonly connection: DuckDBConnection;
  readonly processId: number;
  readonly secretKey: number;
  readonly database: string;
  readonly user: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly events: SessionEvents;
  /** Types of result columns by name, where they are not what the engine's type says. */
  readonly types: ReadonlyMap<string, SqlType>;
}

/** A session that hands SQL to DuckDB as it comes: enough of one for a front door to stand before. */
export class TestSession implements SqlSession {
  readonly processId: number;
  readonly secretKey: number;
  readonly database: string;
  transaction: "idle" | "open" | "failed" = "idle";
  readonly settings: Map<string, string>;
  /** What was called, for tests to look at. */
  readonly calls: string[] = [];
  /** Batches handed out of the statement that runs now. */
  batchesRead = 0;
  openResults = 0;
  readonly #connection: DuckDBConnection;
  readonly #events: SessionEvents;
  readonly #types: ReadonlyMap<string, SqlType>;
  #implicit: "none" | "open" | "failed" = "none";
  #cancelled = false;

  constructor(options: TestSessionOptions) {
    this.processId = options.processId;
    this.secretKey = options.secretKey;
    this.database = options.database;
    this.#connection = options.connection;
    this.#events = options.events;
    this.#types = options.types;
    this.settings = new Map([
      ["session_authorization", options.user],
      ["timezone", "UTC"],
      ["extra_float_digits", "1"],
      ...options.settings,
    ]);
  }

  setting(name: string): string | undefined {
    return this.settings.get(name);
  }

  parse(script: string): readonly ParsedStatement[] {
    const statements: ParsedStatement[] = [];
    for (const match of script.matchAll(/(?:'[^']*'|[^;'])+/g)) {
      const text = match[0].trim();
      const start = match.index + match[0].indexOf(text);
      if (text !== "") statements.push({ text, start, ast: {} as ParsedStatement["ast"] });
    }
    return statements;
  }

  async prepare(
    statement: ParsedStatement,
    types: readonly (SqlType | undefined)[],
  ): Promise<PreparedStatement> {
    this.calls.push(`prepare ${statement.text}`);
    const control = controlOf(statement.text);
    if (this.#aborted() && control !== "end") throw aborted();
    if (control !== undefined) return { statement, parameterTypes: [], columns: undefined };
    const prepared = await this.#guard(() => this.#connection.prepare(cast(statement.text, types)));
    const parameterTypes = Array.from({ length: prepared.parameterCount }, (_, index): SqlType => {
      return types[index] ?? this.#parameterType(() => prepared.parameterType(index + 1));
    });
    const selects = prepared.statementType === StatementType.SELECT || /\breturning\b/i.test(statement.text);
    const columns = selects
      ? Array.from({ length: prepared.columnCount }, (_, index): ResultColumn => {
          const name = prepared.columnName(index);
          return { name, type: this.#types.get(name) ?? typeOfEngine(prepared.columnType(index)) };
        })
      : undefined;
    prepared.destroySync();
    return { statement, parameterTypes, columns };
  }

  #parameterType(ask: () => Parameters<typeof typeOfEngine>[0]): SqlType {
    const type = typeOfEngine(ask());
    return type.name === "character varying" ? { name: "character varying" } : type;
  }

  async execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options: ExecuteOptions = {},
  ): Promise<StatementResult> {
    const { text } = prepared.statement;
    this.calls.push(`execute ${text}${options.held === true ? " held" : ""}`);
    const control = controlOf(text);
    if (control !== undefined) return this.#control(control, text);
    if (this.#aborted()) throw aborted();
    this.#cancelled = false;
    if (this.transaction === "idle" && this.#implicit === "none") {
      await this.#connection.run("BEGIN");
      this.#implicit = "open";
    }
    return await this.#guard(async () => {
      const bound = await this.#connection.prepare(cast(text, prepared.parameterTypes));
      parameters.forEach((value, index) => {
        if (value === null) bound.bindNull(index + 1);
        else bound.bindVarchar(index + 1, value);
      });
      const streams = prepared.columns !== undefined && options.held !== true;
      const result = await this.#interruptible(streams ? bound.stream() : bound.run());
      return this.#result(prepared, result);
    });
  }

  async #control(control: string, text: string): Promise<StatementResult> {
    if (control === "begin") {
      if (this.#implicit === "none") await this.#connection.run("BEGIN");
      this.#implicit = "none";
      this.transaction = "open";
    } else if (control === "end") {
      const commits = /^(commit|end)/i.test(text) && !this.#aborted();
      if (this.#aborted() || this.transaction === "open" || this.#implicit === "open")
        await this.#connection.run(commits ? "COMMIT" : "ROLLBACK");
      this.#implicit = "none";
      this.transaction = "idle";
      return done(commits ? "COMMIT" : "ROLLBACK");
    } else if (control === "set") {
      const [, name = "", value = ""] = /^set\s+(\S+?)\s*(?:=|to)\s*'?([^']*)'?$/i.exec(text) ?? [];
      this.settings.set(name.toLowerCase(), value);
      this.#events.parameter(name.toLowerCase(), value);
    } else {
      this.#events.notice({ severity: "NOTICE", sqlState: "00000", message: text });
    }
    return done(control.toUpperCase());
  }

  #result(prepared: PreparedStatement, result: DuckDBResult): StatementResult {
    let rows = 0;
    this.batchesRead = 0;
    const columns = prepared.columns;
    const next = (): Promise<RowBatch | undefined> =>
      this.#guard(async () => {
        if (this.#cancelled) throw new Error("INTERRUPT Error: Interrupted!");
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) {
          // A stream that failed ends like one that did not; only its transaction knows.
          await this.#connection.run("SELECT 1");
          return undefined;
        }
        rows += chunk.rowCount;
        this.batchesRead++;
        return { kind: "chunk", chunk, rowCount: chunk.rowCount };
      });
    const session = this;
    async function* batches(): AsyncGenerator<RowBatch> {
      if (columns === undefined) return;
      session.openResults++;
      try {
        for (let batch = await next(); batch !== undefined; batch = await next()) yield batch;
      } finally {
        session.openResults--;
      }
    }
    const tag = columns === undefined ? `${firstWord(prepared)} 0 ${result.rowsChanged}` : "SELECT";
    return { columns, batches: batches(), tag: () => tag, rowCount: () => rows };
  }

  async sync(): Promise<void> {
    this.calls.push("sync");
    if (this.#implicit === "none") return;
    const failed = this.#implicit === "failed";
    this.#implicit = "none";
    await this.#connection.run(failed ? "ROLLBACK" : "COMMIT");
  }

  async fail(): Promise<void> {
    this.calls.push("fail");
    this.#markFailed();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    this.calls.push("close");
    this.#connection.closeSync();
  }

  terminate(): void {
    this.#events.terminated({
      sqlState: "57P01",
      message: "terminating connection due to administrator command",
    });
  }

  /** An interrupt before the engine has begun is lost, and so it is said again until it is heard. */
  async #interruptible<T>(running: Promise<T>): Promise<T> {
    let done = false;
    const watch = (): void => {
      if (done) return;
      if (this.#cancelled) this.#connection.interrupt();
      setImmediate(watch);
    };
    watch();
    try {
      return await running;
    } finally {
      done = true;
    }
  }

  #aborted(): boolean {
    return this.transaction === "failed" || this.#implicit === "failed";
  }

  #markFailed(): void {
    if (this.transaction === "open") this.transaction = "failed";
    if (this.#implicit === "open") this.#implicit = "failed";
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#markFailed();
      throw sqlErrorOf(error);
    }
  }
}

function firstWord(prepared: PreparedStatement): string {
  return (/^\w+/.exec(prepared.statement.text)?.[0] ?? "").toUpperCase();
}

function controlOf(text: string): "begin" | "end" | "set" | "notice" | undefined {
  if (/^(begin|start)\b/i.test(text)) return "begin";
  if (/^(commit|rollback|end|abort)\b/i.test(text)) return "end";
  if (/^set\b/i.test(text)) return "set";
  return /^notice\b/i.test(text) ? "notice" : undefined;
}

function cast(text: string, types: readonly (SqlType | undefined)[]): string {
  return text.replace(/\$(\d+)/g, (whole, digits: string) => {
    const type = types[Number(digits) - 1];
    return type === undefined ? whole : `CAST(${whole} AS ${engineNameOf(type)})`;
  });
}

async function* nothing(): AsyncGenerator<RowBatch> {}

function done(tag: string): StatementResult {
  return { columns: undefined, batches: nothing(), tag: () => tag, rowCount: () => -1 };
}

function aborted(): SqlError {
  return new SqlError(
    "25P02",
    "current transaction is aborted, commands ignored until end of transaction block",
  );
}

function sqlErrorOf(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/interrupt/i.test(message)) return new SqlError("57014", "Query cancelled on user's request");
  if (message.startsWith("Parser")) return new SqlError("42601", message, { position: 2 });
  if (message.startsWith("Catalog")) return new SqlError("42P01", message);
  return new SqlError("XX000", message);
}
