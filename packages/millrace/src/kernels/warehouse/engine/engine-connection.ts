import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBValue } from "@duckdb/node-api";

/** A session's own line to the engine: its transaction, temporary tables and settings. Calls come one after another. */
export class EngineConnection {
  readonly #connection: DuckDBConnection;
  #closed = false;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** Rows that an INSERT, UPDATE or DELETE changed. */
  async change(sql: string): Promise<number> {
    return (await this.#connection.run(sql)).rowsChanged;
  }

  /** All rows of a small answer. */
  async rows(sql: string, values?: DuckDBValue[]): Promise<DuckDBValue[][]> {
    return (await this.#connection.runAndReadAll(sql, values)).getRows();
  }

  prepare(sql: string): Promise<DuckDBPreparedStatement> {
    return this.#connection.prepare(sql);
  }

  stream(sql: string): Promise<DuckDBResult> {
    return this.#connection.stream(sql);
  }

  /** The library's own connection. */
  get raw(): DuckDBConnection {
    return this.#connection;
  }

  /** Ends the running statement with an error; does nothing when none runs. */
  interrupt(): void {
    if (!this.#closed) this.#connection.interrupt();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.closeSync();
  }
}
