import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Statement } from "../../sql/redshift/ast/statement.ts";
import type { SqlType } from "../../sql/redshift/types.ts";

/** One statement of a script, with its own text (without the semicolon) and where that begins in the script. */
export interface ParsedStatement {
  readonly text: string;
  readonly start: number;
  readonly ast: Statement;
}

/** A column of an answer, with what RowDescription says of it. */
export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  /** The column of a table that it shows as it is. */
  readonly origin?: {
    readonly database: string;
    readonly schema: string;
    readonly table: string;
    readonly tableOid: number;
    readonly column: string;
    /** From 1. */
    readonly attributeNumber: number;
    readonly nullable: boolean;
    readonly autoIncrement: boolean;
  };
}

export interface PreparedStatement {
  readonly statement: ParsedStatement;
  /** What `$1`, `$2`, ... are taken for. */
  readonly parameterTypes: readonly SqlType[];
  /** Undefined for a statement without rows. */
  readonly columns: readonly ResultColumn[] | undefined;
}

/**
 * Rows: as the engine's columns, to be written without an object a row, or as texts in PostgreSQL's form.
 * How a chunk's vectors stand for Redshift's types: values/engine-types.ts.
 */
export type RowBatch =
  | { readonly kind: "chunk"; readonly chunk: DuckDBDataChunk; readonly rowCount: number }
  | {
      readonly kind: "texts";
      readonly rows: readonly (readonly (string | null)[])[];
      readonly rowCount: number;
    };

export interface StatementResult {
  /** Undefined for a statement without rows. */
  readonly columns: readonly ResultColumn[] | undefined;
  /** Read once, to the end or closed with `return`; reading slowly holds the engine back. @throws SqlError */
  readonly batches: AsyncIterable<RowBatch>;
  /** The command tag, once the batches have ended: `SELECT`, `INSERT 0 3`, `CREATE TABLE`. */
  readonly tag: () => string;
  /** Rows changed or given, once the batches have ended; -1 where it makes no sense. */
  readonly rowCount: () => number;
}

export interface SqlNotice {
  readonly severity: "INFO" | "NOTICE" | "WARNING" | "LOG";
  readonly sqlState: string;
  readonly message: string;
  readonly detail?: string;
}

/** What happens beside the answers of a session. */
export interface SessionEvents {
  notice(notice: SqlNotice): void;
  /** A setting that clients are told of (ParameterStatus) has changed. */
  parameter(name: string, value: string): void;
  /** Somebody ended the session: pg_terminate_backend, a pause, a deletion, an access that was taken away. */
  terminated(reason: { readonly sqlState: string; readonly message: string }): void;
}

export interface ExecuteOptions {
  /** Further statements may run before the batches are read to their end (portals with a row limit). */
  readonly held?: boolean;
}

/**
 * One connection to a cluster: a user in a database, with settings, a transaction, temporary tables, cursors
 * and prepared statements of SQL. Its calls are made one after another; only `cancel` may come at any time.
 * All of them throw `SqlError` for what the client did wrong or must know.
 */
export interface SqlSession {
  /** `pg_backend_pid()`; with the secret it cancels. */
  readonly processId: number;
  readonly secretKey: number;
  readonly database: string;
  /** For ReadyForQuery. */
  readonly transaction: "idle" | "open" | "failed";
  /** The value that SHOW gives, of settings and of those that are only told to clients (server_version). */
  setting(name: string): string | undefined;
  /** Of the statement that ended last, as `pg_last_query_id()` gives it; -1 before the first. */
  readonly lastQueryId?: number;
  /** Splits and parses a script. @throws SqlError 42601 with its position in the script */
  parse(script: string): readonly ParsedStatement[];
  /** Binds: finds the types of parameters and columns. `undefined` leaves a parameter's type to the statement. */
  prepare(
    statement: ParsedStatement,
    parameterTypes: readonly (SqlType | undefined)[],
  ): Promise<PreparedStatement>;
  /**
   * Runs a statement; without BEGIN it stands in an implicit transaction, which `sync` ends.
   * @param parameters in text form
   */
  execute(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    options?: ExecuteOptions,
  ): Promise<StatementResult>;
  /**
   * Ends the implicit transaction, if there is one: commits, or rolls back when a statement failed. What was
   * executed is acknowledged when this resolves. In a block that BEGIN began it does nothing.
   */
  sync(): Promise<void>;
  /** A failure that the session did not see itself (a Bind of a wrong parameter) fails its transaction too. */
  fail(): Promise<void>;
  /** Ends the running statement with 57014. */
  cancel(): void;
  /** Rolls back what is open, drops what is temporary. */
  close(): Promise<void>;
}
