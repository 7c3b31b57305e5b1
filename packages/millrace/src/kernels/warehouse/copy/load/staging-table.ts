import type { DuckDBAppender } from "@duckdb/node-api";
import type { EngineConnection } from "../../engine/engine-connection.ts";
import { storedSql } from "../values/column-reader.ts";
import { insertSql, type LoadTarget } from "./load-target.ts";

type Append = (columns: readonly (readonly (string | null)[])[]) => void;

/** What a chunk of the engine holds. */
const rowsPerChunk = 2_048;

/**
 * Rows that were read, as texts, in a temporary table of the transaction: it needs no more memory than the engine
 * is given, and goes with the transaction when the load fails.
 */
export class StagingTable {
  readonly #connection: EngineConnection;
  readonly #target: LoadTarget;
  readonly #name: string;
  readonly #append: Append;
  readonly #appender: DuckDBAppender;
  #columns: (string | null)[][];
  #buffered = 0;
  rows = 0;

  private constructor(
    connection: EngineConnection,
    target: LoadTarget,
    name: string,
    appender: DuckDBAppender,
    append: Append,
  ) {
    this.#connection = connection;
    this.#target = target;
    this.#name = name;
    this.#appender = appender;
    this.#append = append;
    this.#columns = target.columns.map(() => []);
  }

  static async create(
    connection: EngineConnection,
    target: LoadTarget,
    queryId: number,
  ): Promise<StagingTable> {
    const { DuckDBDataChunk, VARCHAR } = await import("@duckdb/node-api");
    const name = `copy_${queryId}`;
    const columns = target.columns.map((_, index) => `s${index} VARCHAR`).join(", ");
    await connection.run(`CREATE TEMP TABLE "${name}" (${columns})`);
    const appender = await connection.raw.createAppender(name, "main", "temp");
    const types = target.columns.map(() => VARCHAR);
    return new StagingTable(connection, target, name, appender, (values) => {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(values);
      appender.appendDataChunk(chunk);
    });
  }

  /** One value for each column of the target. */
  add(values: readonly (string | null)[]): void {
    for (let index = 0; index < values.length; index++) this.#columns[index]?.push(values[index] ?? null);
    this.rows++;
    if (++this.#buffered >= rowsPerChunk) this.#flush();
  }

  /** Everything has been added. @returns rows that are in the table now */
  async insert(): Promise<number> {
    this.#flush();
    this.#appender.closeSync();
    const values = this.#target.columns.map(
      (column, index) => `${storedSql(column, `s${index}`)} AS v${index}`,
    );
    const source = `SELECT ${values.join(", ")} FROM "temp"."main"."${this.#name}"`;
    const rows = await this.#connection.change(insertSql(this.#target, source));
    await this.#connection.run(`DROP TABLE "temp"."main"."${this.#name}"`);
    return rows;
  }

  /** Without inserting anything: the table goes with its transaction, or now. */
  async discard(): Promise<void> {
    this.#columns = [];
    this.#appender.closeSync();
    await this.#connection.run(`DROP TABLE "temp"."main"."${this.#name}"`);
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    this.#append(this.#columns);
    this.#columns = this.#target.columns.map(() => []);
    this.#buffered = 0;
  }
}
