import type { DuckDBResult } from "@duckdb/node-api";
import { messageOf } from "../../../../core/errors.ts";
import type { Evaluator } from "../evaluate/compile.ts";
import { selectError } from "../select-error.ts";
import type { Path, SelectStatement } from "../sql/expression.ts";
import { pathsOfStatement } from "../sql/expression-walk.ts";
import type { Value } from "../value/value.ts";
import { columnOf, positionOf, stepsToColumn } from "./column-path.ts";
import { stepInto } from "./json-path.ts";
import type { ReadableFile } from "./parquet-file.ts";
import { identifier, literal, type ParquetQueries, type ParquetSession } from "./parquet-queries.ts";
import { readerOf } from "./parquet-value.ts";
import type { RecordSource, StarRecord } from "./record-source.ts";

/** The columns that were asked for, in the order of the file. */
export type ParquetRow = readonly Value[];

/** Reads the schema, then begins to read the columns that the statement mentions. */
export async function openParquet(
  queries: ParquetQueries,
  file: ReadableFile,
  statement: SelectStatement,
  signal: AbortSignal,
): Promise<RecordSource<ParquetRow>> {
  if (statement.from.length > 0) throw selectError("DataSourcePathUnsupported");
  const session = await queries.open(file.path, signal);
  // A statement under way is told to stop; it then fails, and its reader lets go.
  const interrupt = (): void => session.connection.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  const close = (): void => {
    signal.removeEventListener("abort", interrupt);
    session.close();
  };
  try {
    const table = `read_parquet(${literal(file.path)}, hive_partitioning = false)`;
    const names = (await duckErrors(session.connection.run(`SELECT * FROM ${table} LIMIT 0`))).columnNames();
    const columns = new ParquetColumns(names, statement);
    const list = columns.used.map((index) => identifier(names[index] ?? "")).join(", ");
    const result = await duckErrors(session.connection.stream(`SELECT ${list || "true"} FROM ${table}`));
    return new ParquetSource(columns, session, result, close);
  } catch (thrown) {
    close();
    throw thrown;
  }
}

/** Which columns there are, and which of them are read. */
class ParquetColumns {
  readonly names: readonly string[];
  /** Numbers of the columns that are read, ascending. */
  readonly used: readonly number[];
  readonly #alias: string | undefined;

  constructor(names: readonly string[], statement: SelectStatement) {
    this.names = names;
    this.#alias = statement.alias;
    const all = names.map((_, index) => index);
    const mentioned = new Set(pathsOfStatement(statement).map((path) => this.find(path).column));
    const isStar = statement.projections === undefined;
    this.used = isStar ? all : all.filter((index) => mentioned.has(index));
  }

  find(path: Path): { readonly column: number; readonly more: Path["steps"] } {
    const [step, ...more] = stepsToColumn(path, this.#alias);
    if (step?.kind !== "name") throw selectError("ParseInvalidPathComponent", "Found one", path.place);
    const named = columnOf(this.names, step);
    const position = named === undefined ? positionOf(step.name) : named;
    if (position === undefined) throw selectError("MissingHeaders", `'${step.name}'`);
    if (position < 0 || position >= this.names.length)
      throw selectError("InvalidColumnIndex", `'${step.name}'`, path.place);
    return { column: position, more };
  }
}

class ParquetSource implements RecordSource<ParquetRow> {
  readonly #columns: ParquetColumns;
  readonly #session: ParquetSession;
  readonly #result: DuckDBResult;
  readonly #close: () => void;
  readonly #starNames: readonly string[];

  constructor(columns: ParquetColumns, session: ParquetSession, result: DuckDBResult, close: () => void) {
    this.#columns = columns;
    this.#session = session;
    this.#result = result;
    this.#close = close;
    this.#starNames = columns.names;
  }

  path(path: Path): Evaluator<ParquetRow> {
    const { column, more } = this.#columns.find(path);
    const index = this.#columns.used.indexOf(column);
    if (more.length === 0) return (row) => row[index];
    return (row) => {
      let value: Value = row[index];
      for (const step of more) value = stepInto(value, step);
      return value;
    };
  }

  star(row: ParquetRow): StarRecord {
    return { names: this.#starNames, values: row };
  }

  async *batches(): AsyncGenerator<readonly ParquetRow[]> {
    const readers = this.#result.columnTypes().map((type) => readerOf(this.#session.duck, type));
    for (;;) {
      const chunk = await duckErrors(this.#result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      const columns = readers.map((read, index) =>
        chunk.getColumnValues(index).map((value) => (value === null ? null : read(value))),
      );
      yield Array.from({ length: chunk.rowCount }, (_, row) => columns.map((column) => column[row]));
    }
  }

  async close(): Promise<void> {
    this.#close();
  }
}

/** What DuckDB says of a file, in the dialect's errors. */
async function duckErrors<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const message = messageOf(thrown).split("\n")[0] ?? "";
    if (/^Out of Memory/i.test(message)) throw selectError("OverMaxParquetBlockSize");
    if (/unsupported compression codec/i.test(message))
      throw selectError("ParquetUnsupportedCompressionCodec");
    // The statements are ours: what else is wrong with them is our bug, and anything else is the file's.
    if (/^(INTERRUPT|INTERNAL|FATAL|Permission|Binder|Catalog|Parser|Syntax)/i.test(message)) throw thrown;
    throw selectError("ParquetParsingError");
  }
}
