import type { DuckDBAppender } from "@duckdb/node-api";
import type { EngineConnection } from "../../engine/engine-connection.ts";
import { storedSql } from "../values/column-reader.ts";
import { insertSql, type LoadTarget } from "./load-target.ts";

/** What a chunk of the engine holds. */
const rowsPerChunk = 2_048;
/** Of texts that are staged before they go into a table without a sort key, counted in UTF-16 units. */
const maxStagedUnits = 64 * 1024 * 1024;

type Column = (string | null)[];

/**
 * Rows that were read, as texts, in a temporary table of the transaction. Where their order is the files' they go
 * on into the target in portions; where a sort key orders them, they wait for the last, and the engine writes to
 * disk what its memory does not hold. A load that fails takes everything with it.
 */
export class StagingTable {
  readonly #connection: EngineConnection;
  readonly #target: LoadTarget;
  readonly #name: string;
  readonly #append: (appender: DuckDBAppender, columns: readonly Column[]) => void;
  #appender: DuckDBAppender | undefined;
  #columns: Column[];
  #buffered = 0;
  #units = 0;
  #inserted = 0;

  private constructor(
    connection: EngineConnection,
    target: LoadTarget,
    name: string,
    append: (appender: DuckDBAppender, columns: readonly Column[]) => void,
  ) {
    this.#connection = connection;
    this.#target = target;
    this.#name = name;
    this.#append = append;
    this.#columns = target.columns.map(() => []);
  }

  static async create(
    connection: EngineConnection,
    target: LoadTarget,
    queryId: number,
  ): Promise<StagingTable> {
    const { DuckDBDataChunk, VARCHAR } = await import("@duckdb/node-api");
    const types = target.columns.map(() => VARCHAR);
    const table = new StagingTable(connection, target, `copy_${queryId}`, (appender, columns) => {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns(columns);
      appender.appendDataChunk(chunk);
    });
    await table.#open();
    return table;
  }

  /** One value for each column of the target. */
  add(values: readonly (string | null)[]): void {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? null;
      this.#columns[index]?.push(value);
      this.#units += value?.length ?? 0;
    }
    if (++this.#buffered >= rowsPerChunk) this.#flush();
  }

  /** Passes on what is staged, when that is much. */
  async relieve(): Promise<void> {
    if (this.#units < maxStagedUnits || this.#target.record.sort !== undefined) return;
    await this.#insert();
    await this.#open();
  }

  /** Everything has been added. @returns rows that are in the target now */
  async finish(): Promise<number> {
    await this.#insert();
    return this.#inserted;
  }

  async #open(): Promise<void> {
    const columns = this.#target.columns.map((_, index) => `s${index} VARCHAR`).join(", ");
    await this.#connection.run(`CREATE TEMP TABLE "${this.#name}" (${columns})`);
    this.#appender = await this.#connection.raw.createAppender(this.#name, "main", "temp");
  }

  async #insert(): Promise<void> {
    this.#flush();
    this.#appender?.closeSync();
    this.#units = 0;
    const values = this.#target.columns.map(
      (column, index) => `${storedSql(column, `s${index}`)} AS v${index}`,
    );
    const source = `SELECT ${values.join(", ")} FROM "temp"."main"."${this.#name}"`;
    this.#inserted += await this.#connection.change(insertSql(this.#target, source));
    await this.#connection.run(`DROP TABLE "temp"."main"."${this.#name}"`);
  }

  #flush(): void {
    if (this.#buffered === 0 || this.#appender === undefined) return;
    this.#append(this.#appender, this.#columns);
    this.#columns = this.#target.columns.map(() => []);
    this.#buffered = 0;
  }
}
