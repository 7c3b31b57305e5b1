import type { SystemColumn } from "./system-column.ts";
import type { SystemRow, SystemValue } from "./system-table.ts";

/** Rows in PostgreSQL's text form, for answers that do not go through the engine. */
export function rowTexts(columns: readonly SystemColumn[], rows: readonly SystemRow[]): (string | null)[][] {
  return rows.map((row) => columns.map(({ name, type }) => valueText(row[name], type.name)));
}

function valueText(value: SystemValue | undefined, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number" && type.startsWith("timestamp")) return timestampText(value);
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(",")}}`;
  return String(value);
}

/** Without trailing zeros of its fraction. */
function timestampText(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace("Z", "")
    .replace(/\.?0+$/, "");
}
