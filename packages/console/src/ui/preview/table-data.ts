/** Rows as they are shown: as many cells as there are columns. */
export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export const maxColumns = 500;
/** Where records are no objects. */
const valueColumn = "value";

/** Records of any form as a table: columns in the order in which they first occur. */
export function tableOfRecords(records: readonly unknown[]): TableData {
  const columns = new Map<string, number>();
  for (const record of records)
    for (const name of isRecord(record) ? Object.keys(record) : [valueColumn])
      if (!columns.has(name) && columns.size < maxColumns) columns.set(name, columns.size);
  const names = [...columns.keys()];
  const rows = records.map((record) =>
    isRecord(record)
      ? names.map((name) => record[name])
      : names.map((name) => (name === valueColumn ? record : undefined)),
  );
  return { columns: names, rows };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const maxCellCharacters = 400;

/** A value in a cell: one line, and not longer than anybody reads there. */
export function cellText(value: unknown): string {
  return valueText(value).slice(0, maxCellCharacters);
}

/** A value as text; a missing one is empty. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (value instanceof Date) return dateText(value);
  if (value instanceof Uint8Array) return hexText(value);
  if (typeof value === "object") return JSON.stringify(value, plainValue) ?? "";
  return String(value);
}

/** A day without a time of day is shown as one. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "invalid date";
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
}

function hexText(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, maxCellCharacters / 2);
  return `0x${Array.from(shown, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** For `JSON.stringify`, which knows neither large integers nor bytes. */
export function plainValue(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? hexText(value) : value;
}
