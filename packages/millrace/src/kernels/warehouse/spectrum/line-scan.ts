import { engineType } from "../../../sql/redshift/type-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteName, quoteString } from "../engine/quote.ts";
import type { ExternalColumn } from "./external-tables.ts";
import { isNested } from "./external-types.ts";
import { type LineFile, lineFile } from "./line-files.ts";
import { splitSql } from "./line-functions.ts";
import { mapInParallel, type OpenedFiles } from "./opened-files.ts";
import type { FormatScan, PreparedScan } from "./parquet-scan.ts";
import { fileColumnsSql, pathListSql } from "./scan-parts.ts";
import type { FileFormat, JsonFormat } from "./storage-format.ts";

type LineFormat = Exclude<FileFormat, { kind: "parquet" | "avro" }>;

/** The last character of Unicode, which no text has: lines are read as rows of one field. */
const noDelimiter = "\u{10ffff}";
/** The engine's reader keeps some lines in memory at once. */
const smallestBuffer = 32 * 1024 * 1024;

/** Rows that are lines: text, CSV, JSON, and what patterns match. */
export async function lineScan(
  scan: FormatScan,
  format: LineFormat,
  opened: OpenedFiles,
): Promise<PreparedScan> {
  const { region, signal } = scan;
  const files = await mapInParallel(scan.files, signal, (file) => lineFile(file, opened, region, signal));
  return lineSelects(scan, format, files);
}

/** Over files that are ready for the engine's reader. */
export function lineSelects(
  { columns, fileColumns }: FormatScan,
  format: LineFormat,
  files: readonly LineFile[],
): PreparedScan {
  const longest = Math.max(...files.map(({ longestBytes }) => longestBytes), 1) + 2;
  const facts = fileColumnsSql(files, fileColumns, "r.file_index");
  const reader = `read_csv(${pathListSql(files)}, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
    delim = '${noDelimiter}', quote = '', escape = '', comment = '', new_line = '\\n', strict_mode = false,
    skip = ${format.skippedLines}, max_line_size = ${Math.max(longest, 2_097_152)},
    buffer_size = ${Math.max(smallestBuffer, longest * 4)})`;
  const row = rowSql(format);
  const own = columns.map((column) => `${valueSql(column, format)} AS ${quoteName(column.name)}`);
  const select = [...own, ...facts.select];
  return {
    selects: [
      `SELECT ${select.length === 0 ? '1 AS "?"' : select.join(", ")} FROM (SELECT ${row} AS "$row", file_index FROM ${reader}) AS r${facts.join}`,
    ],
    count: {
      rows: files.reduce((sum, { lines }) => sum + Math.max(0, lines - format.skippedLines), 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    },
  };
}

/** An empty line comes as NULL. */
const line = "coalesce(line, '')";

/** A line as a list of texts, or as a document. */
function rowSql(format: LineFormat): string {
  return format.kind === "json" ? documentSql(format) : splitSql(format, line);
}

/**
 * The document of a line. Keys are made lower case where one is not; most files have none of these. What is no
 * JSON is an error, or a row without values.
 */
function documentSql({ caseInsensitive, ignoreMalformed }: JsonFormat): string {
  const folded = `CASE WHEN regexp_matches(line, '"[^"]*[A-Z][^"]*"\\s*:') THEN millrace_json_lower_keys(line) ELSE line END`;
  const text = caseInsensitive ? folded : "line";
  const otherwise = ignoreMalformed
    ? "NULL"
    : `error('millrace:XX000:Spectrum Scan Error: Error parsing JSON: ' || left(line, 200))`;
  return `CASE WHEN line IS NULL THEN NULL WHEN json_valid(line) THEN CAST(${text} AS JSON) ELSE ${otherwise} END`;
}

function valueSql(column: ExternalColumn, format: LineFormat): string {
  const { name, hive, type, position } = column;
  if (format.kind === "json") return jsonValueSql(column, format);
  if (isNested(hive))
    throw new SqlError(
      "0A000",
      `column "${name}" has the type ${hive.kind}, which text files cannot hold in external tables`,
    );
  const field = `r."$row"[${(position ?? 0) + 1}]`;
  const text = format.kind === "text" ? `nullif(${field}, ${quoteString(format.nullText)})` : field;
  return typedSql(text, type);
}

function jsonValueSql({ name, hive, type }: ExternalColumn, format: JsonFormat): string {
  const mapped = format.keys.get(name) ?? name;
  const key = format.caseInsensitive ? mapped.toLowerCase() : mapped;
  const path = quoteString(`$."${key.replaceAll('"', '\\"')}"`);
  if (isNested(hive)) {
    const value = `json_extract(r."$row", ${path})`;
    return `CASE WHEN json_type(${value}) = 'NULL' THEN NULL ELSE ${value} END`;
  }
  return typedSql(`json_extract_string(r."$row", ${path})`, type);
}

/** The value of a text; NULL where it is none of the type, as Hive has it. */
function typedSql(text: string, type: ExternalColumn["type"]): string {
  switch (type.name) {
    case "character varying":
      return text;
    case "character":
      return `rtrim(${text}, ' ')`;
    case "varbyte":
      return `encode(${text})`;
    case "smallint":
    case "integer":
    case "bigint":
      // The engine would round a fraction.
      return `CASE WHEN NOT contains(${text}, '.') THEN TRY_CAST(${text} AS ${engineType(type)}) END`;
    default:
      return `TRY_CAST(${text} AS ${engineType(type)})`;
  }
}
