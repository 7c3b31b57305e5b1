import { kindOfField, sqlTypeOf } from "./sql-type.ts";

export interface CsvShape {
  readonly delimiter: string;
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[];
  readonly rows: readonly (readonly string[])[];
}

const delimiters = [",", "|", "\t", ";"] as const;
const maxRows = 1_000;
const maxColumns = 1_000;

/** The shape of records with delimiters; a sentence that says why there is none otherwise. */
export function csvShape(texts: readonly string[]): CsvShape | string {
  const text = texts.join("\n");
  if (text.includes("\u0000") || text.includes("\ufffd")) return "The records are not text.";
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  for (const delimiter of delimiters) {
    const rows = lines.slice(0, maxRows).map((line) => fieldsOf(line, delimiter));
    const count = rows[0]?.length ?? 0;
    if (count < 2 || count > maxColumns || rows.some((row) => row.length !== count)) continue;
    return { delimiter, columns: columnsOf(rows, count), rows };
  }
  return "The records are neither objects of JSON nor rows with one number of fields.";
}

function columnsOf(rows: readonly (readonly string[])[], count: number): CsvShape["columns"] {
  return Array.from({ length: count }, (_, index) => {
    let seen = 0;
    let maxChars = 0;
    for (const row of rows) {
      const value = row[index] ?? "";
      if (value === "") continue;
      seen |= kindOfField(value);
      maxChars = Math.max(maxChars, value.length);
    }
    return { name: `COL_${index}`, sqlType: sqlTypeOf(seen, maxChars) };
  });
}

/** Fields of a line; quotes keep delimiters in, two of them are one. */
function fieldsOf(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const { value, end } = quoted(line, at);
      fields.push(value);
      at = line.indexOf(delimiter, end);
    } else {
      const end = line.indexOf(delimiter, at);
      fields.push(line.slice(at, end < 0 ? undefined : end).trim());
      at = end;
    }
    if (at < 0) return fields;
    at++;
  }
}

function quoted(line: string, start: number): { readonly value: string; readonly end: number } {
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return { value: value + line.slice(at), end: line.length };
    value += line.slice(at, quote);
    if (line[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}
