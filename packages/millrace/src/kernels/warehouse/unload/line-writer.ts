import type { DuckDBVector } from "@duckdb/node-api";
import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { type TextStyle, textOf } from "../values/index.ts";
import type { UnloadColumn } from "./unload-columns.ts";
import type { UnloadSettings } from "./unload-options.ts";

/** The text of a value; null for NULL. */
type Reader = (vector: DuckDBVector, row: number) => string | null;
type FieldWriter = (text: string | null) => string;

const textTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["character", "character varying", "text", "name", "char", "unknown"] as const),
]);
const bareInJson: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["smallint", "integer", "bigint", "numeric", "real", "double precision", "oid"] as const),
]);

/** Rows of a query as lines of text, each with its line feed. */
export class LineWriter {
  /** The first line of each file, if they have one. */
  readonly header: string | undefined;
  readonly #columns: readonly UnloadColumn[];
  readonly #readers: readonly Reader[];
  readonly #fields: readonly FieldWriter[];
  readonly #start: string;
  readonly #between: string;
  readonly #end: string;

  constructor(columns: readonly UnloadColumn[], settings: UnloadSettings, style: TextStyle) {
    const isJson = settings.format === "json";
    this.#columns = columns;
    this.#readers = columns.map(({ type }) => readerOf(type, style));
    this.#fields = columns.map((column, i) => fieldWriter(column, i, settings));
    this.#start = isJson ? "{" : "";
    this.#between = isJson ? "," : settings.widths === undefined ? settings.delimiter : "";
    this.#end = isJson ? "}\n" : "\n";
    if (settings.header) {
      const heading: SqlType = { name: "character varying" };
      const names = columns.map((column, i) =>
        fieldWriter({ ...column, type: heading }, i, settings)(column.name),
      );
      this.header = `${names.join(settings.delimiter)}\n`;
    }
  }

  /** @param vectors of the query's columns */
  line(vectors: readonly DuckDBVector[], row: number): string {
    let line = this.#start;
    for (let i = 0; i < this.#columns.length; i++) {
      const vector = vectors[this.#columns[i]?.index ?? 0];
      const read = this.#readers[i];
      const write = this.#fields[i];
      if (vector === undefined || read === undefined || write === undefined) continue;
      line += i === 0 ? write(read(vector, row)) : this.#between + write(read(vector, row));
    }
    return line + this.#end;
  }
}

/** What is asked for most is read without a detour. */
function readerOf(type: SqlType, style: TextStyle): Reader {
  const general: Reader = (vector, row) => textOf(vector, row, type, style);
  const isPlain = type.name === "character varying" || type.name === "integer" || type.name === "bigint";
  if (!isPlain) return general;
  return (vector, row) => {
    const value = vector.getItem(row);
    return typeof value === "string"
      ? value
      : typeof value === "object"
        ? general(vector, row)
        : String(value);
  };
}

function fieldWriter(column: UnloadColumn, index: number, settings: UnloadSettings): FieldWriter {
  const { type } = column;
  if (settings.format === "json") return jsonField(column);
  // AWS: SUPER columns ignore NULL AS, since JSON has a null of its own.
  const nullText = type.name === "super" ? "null" : settings.nullText;
  if (settings.widths !== undefined) return fixedField(column, settings.widths[index] ?? 0, nullText);
  if (settings.format === "csv") return csvField(settings.delimiter, nullText);
  return delimitedField(type, settings, nullText);
}

function delimitedField(type: SqlType, settings: UnloadSettings, nullText: string): FieldWriter {
  const { addQuotes, delimiter } = settings;
  const quote = addQuotes ? '"' : "";
  const isEscaped = settings.escape && (textTypes.has(type.name) || type.name === "super");
  if (!isEscaped) return (text) => `${quote}${text ?? nullText}${quote}`;
  const marks = addQuotes ? "\"'" : "";
  const special = new RegExp(`[\\n\\r\\\\${marks}${delimiter.replace(/[\]\\^-]/, "\\$&")}]`, "g");
  return (text) => `${quote}${text?.replace(special, "\\$&") ?? nullText}${quote}`;
}

function csvField(delimiter: string, nullText: string): FieldWriter {
  return (text) => {
    if (text === null) return nullText;
    const isPlain =
      !text.includes(delimiter) && !text.includes('"') && !text.includes("\n") && !text.includes("\r");
    return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
  };
}

/** Widths are in bytes, and nothing is cut. */
function fixedField({ name, type }: UnloadColumn, width: number, nullText: string): FieldWriter {
  const tooLong = (bytes: number): SqlError =>
    new SqlError(
      "22001",
      `Column ${name}: a value of ${bytes} bytes is longer than its FIXEDWIDTH of ${width}`,
    );
  const nullBytes = Buffer.byteLength(nullText);
  return (text) => {
    if (text === null && nullBytes > width) {
      if (textTypes.has(type.name)) throw tooLong(nullBytes);
      return " ".repeat(width);
    }
    // Blanks at the end of a CHAR are what the field is filled up with anyway.
    const shown = text === null ? nullText : type.name === "character" ? text.trimEnd() : text;
    const bytes = Buffer.byteLength(shown);
    if (bytes > width) throw tooLong(bytes);
    return shown + " ".repeat(width - bytes);
  };
}

function jsonField({ name, type }: UnloadColumn): FieldWriter {
  const key = `${JSON.stringify(name)}:`;
  const isBare = bareInJson.has(type.name);
  if (type.name === "super") return (text) => key + (text ?? "null");
  return (text) => {
    if (text === null) return `${key}null`;
    // NaN and Infinity are no numbers of JSON.
    return key + (isBare && /[0-9]$/.test(text) ? text : JSON.stringify(text));
  };
}
