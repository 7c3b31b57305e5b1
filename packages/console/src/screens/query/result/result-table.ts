import type { ColumnMetadata, Field } from "@aws-sdk/client-redshift-data";

export type Cell = string | number | boolean | null;

export interface ResultColumn {
  readonly name: string;
  /** As the engine calls it: `int4`, `varchar`, `BIGINT`. */
  readonly type: string;
  readonly isNumber: boolean;
}

/** What a query answered. */
export interface ResultTable {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** As many as there are, which may be more than were read. */
  readonly totalRows: number;
}

const numberType =
  /^(int|smallint|bigint|tinyint|integer|float|real|double|numeric|decimal|oid|int[248]|float[48])/i;

export function resultColumn(name: string, type: string): ResultColumn {
  return { name, type, isNumber: numberType.test(type) };
}

export function columnsOf(metadata: readonly ColumnMetadata[]): readonly ResultColumn[] {
  return metadata.map(({ label, name, typeName }, i) =>
    resultColumn(label ?? name ?? `column ${i + 1}`, typeName ?? ""),
  );
}

/** A value of the Data API. */
export function cellOf(field: Field): Cell {
  if (field.isNull === true) return null;
  if (field.stringValue !== undefined) return field.stringValue;
  if (field.longValue !== undefined) return field.longValue;
  if (field.doubleValue !== undefined) return field.doubleValue;
  if (field.booleanValue !== undefined) return field.booleanValue;
  if (field.blobValue !== undefined) return hexOf(field.blobValue);
  return null;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The SDK reads whole numbers as doubles: beyond 2^53 the last digits may be others. */
export function isInexact(cell: Cell): boolean {
  return typeof cell === "number" && Math.abs(cell) > Number.MAX_SAFE_INTEGER;
}

/** How a cell sorts: numbers by value even where they came as text, NULL last. */
export function compareCells(a: Cell, b: Cell, isNumber: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (isNumber) return Number(a) - Number(b);
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** RFC 4180, with a head; NULL is nothing between the commas. */
export function csvOf({ columns, rows }: ResultTable): string {
  const line = (cells: readonly Cell[]): string => cells.map(csvCell).join(",");
  return `${[columns.map(({ name }) => name), ...rows].map(line).join("\r\n")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An object a row. Columns of the same name are told apart by a number. */
export function jsonOf({ columns, rows }: ResultTable): string {
  const seen = new Map<string, number>();
  const names = columns.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
  const objects = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
  return `${JSON.stringify(objects, null, 1)}\n`;
}

/** Cells between tabs, as spreadsheets take them from the clipboard. */
export function tabbed({ columns, rows }: ResultTable): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => (cell === null ? "" : String(cell).replace(/[\t\r\n]+/g, " "))).join("\t");
  return [columns.map(({ name }) => name), ...rows].map(line).join("\n");
}
