import type * as DuckDB from "@duckdb/node-api";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteString } from "../engine/quote.ts";
import { csvFields, escapedFields, lowerKeys } from "./line-fields.ts";
import { LinePattern, matchLines } from "./line-pattern.ts";
import type { FileFormat } from "./storage-format.ts";

type Format<Kind extends FileFormat["kind"]> = Extract<FileFormat, { kind: Kind }>;

/**
 * A line as a list of texts, as engine SQL. What the engine splits by itself never comes here to JavaScript: lines
 * with quotes, with escapes, and those that a pattern matches do.
 */
export function splitSql(format: Format<"text" | "csv" | "pattern">, line: string): string {
  const ours = (call: string) => `from_json(${call}, '["VARCHAR"]')`;
  switch (format.kind) {
    case "text": {
      const { delimiter, escape: mark } = format;
      const plain = `string_split(${line}, ${quoteString(delimiter)})`;
      if (mark === undefined) return plain;
      const call = `millrace_fields_escaped(${line}, ${quoteString(delimiter)}, ${quoteString(mark)})`;
      return `CASE WHEN contains(${line}, ${quoteString(mark)}) THEN ${ours(call)} ELSE ${plain} END`;
    }
    case "csv": {
      const { separator, quote, escape: mark } = format;
      const plain = `string_split(${line}, ${quoteString(separator)})`;
      const special = [quote, mark].map((text) => `contains(${line}, ${quoteString(text)})`).join(" OR ");
      const call = `millrace_fields_quoted(${[line, ...[separator, quote, mark].map(quoteString)].join(", ")})`;
      return `CASE WHEN ${special} THEN ${ours(call)} ELSE ${plain} END`;
    }
    case "pattern": {
      const pattern = new LinePattern(format);
      return ours(
        `millrace_fields_matched(${line}, ${quoteString(pattern.source)}, ${quoteString(pattern.flags)})`,
      );
    }
  }
}

/** Registers what scans of lines call; once for an engine. */
export function registerLineFunctions(connection: DuckDB.DuckDBConnection, duckdb: typeof DuckDB): void {
  const text = (name: string, parameters: number, run: (...texts: string[]) => string) =>
    registerRows(connection, duckdb, name, parameters, (rows) => rows.map((row) => run(...row)));
  text("millrace_json_lower_keys", 1, lowerKeys);
  text("millrace_fields_escaped", 3, (line = "", delimiter = "", mark = "") =>
    JSON.stringify(escapedFields(line, delimiter, mark)),
  );
  text("millrace_fields_quoted", 4, (line = "", separator = "", quote = "", mark = "") =>
    JSON.stringify(csvFields(line, separator, quote, mark)),
  );
  registerRows(connection, duckdb, "millrace_fields_matched", 3, (rows) => {
    const [, source = "", flags = ""] = rows[0] ?? [];
    return matchLines(
      source,
      flags,
      rows.map(([line = ""]) => line),
    );
  });
}

/** A function of texts that takes a chunk of rows at once; null stands for itself. */
function registerRows(
  connection: DuckDB.DuckDBConnection,
  duckdb: typeof DuckDB,
  name: string,
  parameters: number,
  run: (rows: readonly string[][]) => readonly (string | null)[],
): void {
  connection.registerScalarFunction(
    duckdb.DuckDBScalarFunction.create({
      name,
      parameterTypes: Array.from({ length: parameters }, () => duckdb.VARCHAR),
      returnType: duckdb.VARCHAR,
      mainFunction: (info, input, output) => {
        try {
          const vectors = Array.from({ length: parameters }, (_, index) => input.getColumnVector(index));
          const rows = Array.from({ length: input.rowCount }, (_, row) =>
            vectors.map((vector) => vector.getItem(row) as string | null),
          );
          const whole = rows.flatMap((row, index) => (row.includes(null) ? [] : [index]));
          const results = run(whole.map((index) => rows[index] as string[]));
          for (let row = 0; row < input.rowCount; row++) output.setItem(row, null);
          for (const [at, index] of whole.entries()) output.setItem(index, results[at] ?? null);
          output.flush();
        } catch (error) {
          info.setError(errorText(error));
        }
      },
    }),
  );
}

/** In the form that `engine-errors.ts` reads. */
function errorText(error: unknown): string {
  if (error instanceof SqlError) return `millrace:${error.sqlState}:${error.message}`;
  return `millrace:XX000:${error instanceof Error ? error.message : String(error)}`;
}
