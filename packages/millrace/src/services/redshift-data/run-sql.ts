import { positionalSql } from "../../kernels/warehouse/named-parameters.ts";
import type {
  ParsedStatement,
  ResultColumn,
  RowBatch,
  SqlSession,
} from "../../kernels/warehouse/sql-session.ts";
import { SqlError, textOf, ZoneOffsets } from "../../kernels/warehouse/values/index.ts";
import type { Row } from "./result-files.ts";

export interface SqlAnswer {
  /** Undefined for a statement without rows. */
  readonly columns: readonly ResultColumn[] | undefined;
  /** Given or changed. */
  readonly rows: number;
}

export interface RowSink {
  /** Before the first row. */
  begin(columns: readonly ResultColumn[]): Promise<void>;
  add(row: Row): Promise<void>;
}

/**
 * Runs one statement, without ending its transaction.
 * @param check throws when the statement is to run no further
 * @throws SqlError
 */
export async function runSql(
  session: SqlSession,
  text: string,
  parameters: ReadonlyMap<string, string>,
  sink: RowSink,
  check: () => void = () => undefined,
): Promise<SqlAnswer> {
  const { sql, names } = positionalSql(text, new Set(parameters.keys()));
  const statement = single(session.parse(sql));
  if (statement === undefined) return { columns: undefined, rows: 0 };
  const prepared = await session.prepare(statement, []);
  if (prepared.parameterTypes.length > names.length)
    throw new SqlError("42P02", `there is no parameter $${names.length + 1}`);
  check();
  const values = names.map((name) => parameters.get(name) ?? null);
  const result = await session.execute(prepared, values);
  if (result.columns !== undefined) {
    await sink.begin(result.columns);
    const readRows = reader(session, result.columns);
    for await (const batch of result.batches) for (const row of readRows(batch)) await sink.add(row);
  }
  return { columns: result.columns, rows: Math.max(0, result.rowCount()) };
}

function single(statements: readonly ParsedStatement[]): ParsedStatement | undefined {
  if (statements.length > 1)
    throw new SqlError("42601", "cannot insert multiple commands into a prepared statement");
  return statements[0];
}

function reader(session: SqlSession, columns: readonly ResultColumn[]): (batch: RowBatch) => Iterable<Row> {
  const style = { zone: new ZoneOffsets(session.setting("timezone") ?? "UTC"), extraFloatDigits: 1 };
  return function* rows(batch) {
    if (batch.kind === "texts") {
      yield* batch.rows;
      return;
    }
    const vectors = columns.map((_, index) => batch.chunk.getColumnVector(index));
    for (let row = 0; row < batch.rowCount; row++)
      yield columns.map(({ type }, index) => {
        const vector = vectors[index];
        return vector === undefined ? null : textOf(vector, row, type, style);
      });
  };
}

/** As the JDBC driver prints it. */
export function errorText(error: unknown): string {
  if (!(error instanceof SqlError)) return error instanceof Error ? error.message : String(error);
  const { sqlState, message, detail, hint, position } = error;
  // The server ends the session with these: it never was there, or must not be.
  const severity = /^(28|3D|53300|57P)/.test(sqlState) ? "FATAL" : "ERROR";
  const lines = [`${severity}: ${message}`];
  if (detail !== undefined) lines.push(`Detail: ${detail}`);
  if (hint !== undefined) lines.push(`Hint: ${hint}`);
  if (position !== undefined && sqlState === "42601") lines.push(`Position: ${position + 1}`);
  return lines.join("\n  ");
}
