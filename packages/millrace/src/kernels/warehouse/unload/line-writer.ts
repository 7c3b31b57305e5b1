import type { DuckDBVector } from "@duckdb/node-api";
import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteString } from "../engine/quote.ts";
import { type TextStyle, textOf } from "../values/index.ts";
import { fieldSql } from "./field-sql.ts";
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

/** A piece of a line: text that the engine has put together, or a value whose text is made here. */
type Piece =
  | { readonly kind: "text"; readonly sql: string }
  | { readonly kind: "value"; readonly sql: string; readonly read: Reader; readonly write: FieldWriter };

/** Rows of a query as lines of text, each with its line feed. The engine does as much of it as it can. */
export class LineWriter {
  /** The first line of each file, if they have one. */
  readonly header: string | undefined;
  readonly #pieces: readonly Piece[];

  constructor(columns: readonly UnloadColumn[], settings: UnloadSettings, style: TextStyle) {
    this.#pieces = piecesOf(columns, settings, style);
    if (settings.header) {
      const heading: SqlType = { name: "character varying" };
      const names = columns.map((column, i) =>
        fieldWriter({ ...column, type: heading }, i, settings)(column.name),
      );
      this.header = `${names.join(settings.delimiter)}\n`;
    }
  }

  /** Engine SQL of the columns that `line` reads, from the query's columns `k0`, `k1`, ... */
  get sql(): readonly string[] {
    return this.#pieces.map(({ sql }) => sql);
  }

  /** @param vectors of the columns that `sql` asks for */
  line(vectors: readonly DuckDBVector[], row: number): string {
    let line = "";
    for (let i = 0; i < this.#pieces.length; i++) {
      const piece = this.#pieces[i];
      const vector = vectors[i];
      if (piece === undefined || vector === undefined) continue;
      line += piece.kind === "text" ? String(vector.getItem(row)) : piece.write(piece.read(vector, row));
    }
    return line;
  }
}

function piecesOf(
  columns: readonly UnloadColumn[],
  settings: UnloadSettings,
  style: TextStyle,
): readonly Piece[] {
  const isJson = settings.format === "json";
  const between = isJson ? "," : settings.widths === undefined ? settings.delimiter : "";
  const pieces: Piece[] = [];
  let texts: string[] = isJson ? ["'{'"] : [];
  const endText = (): void => {
    if (texts.length > 0) pieces.push({ kind: "text", sql: `concat(${texts.join(", ")})` });
    texts = [];
  };
  for (const [i, column] of columns.entries()) {
    const name = `k${column.index}`;
    if (i > 0 && between !== "") texts.push(quoteString(between));
    const sql = fieldSql(column, name, settings, style.extraFloatDigits);
    if (sql !== undefined) {
      texts.push(sql);
      continue;
    }
    endText();
    const read: Reader = (vector, row) => textOf(vector, row, column.type, style);
    pieces.push({ kind: "value", sql: name, read, write: fieldWriter(column, i, settings) });
  }
  texts.push(isJson ? "'}' || chr(10)" : "chr(10)");
  endText();
  return pieces;
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
