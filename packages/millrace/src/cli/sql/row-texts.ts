import type { Column, Row } from "./query.ts";

/** Numbers of PostgreSQL's types. */
const booleanType = 16;
const superType = 4000;
const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);

export function isNumber({ type }: Column): boolean {
  return numberTypes.has(type);
}

/** RFC 4180: fields with commas, quotes or line breaks are quoted; null is nothing, an empty text is quoted. */
export function csvLine(values: Row): string {
  return `${values.map(csvField).join(",")}\n`;
}

function csvField(value: string | null): string {
  if (value === null) return "";
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Numbers, booleans and SUPER become JSON's own, digit by digit as they came; everything else is a text. */
export function jsonObject(columns: readonly Column[], row: Row): string {
  const members = columns.map(
    (column, index) => `${JSON.stringify(column.name)}:${jsonValue(column, row[index] ?? null)}`,
  );
  return `{${members.join(",")}}`;
}

function jsonValue(column: Column, value: string | null): string {
  if (value === null) return "null";
  if (column.type === booleanType) return value === "t" || value === "true" ? "true" : "false";
  if (isNumber(column) && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return value;
  if (column.type === superType && isJson(value)) return value;
  return JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
