import type { Cell, ResultTable } from "./result-table.ts";

export type ChartKind = "line" | "bars" | "points";
export const chartKinds: readonly ChartKind[] = ["line", "bars", "points"];

export interface ChartChoice {
  readonly kind: ChartKind;
  /** Of a column. */
  readonly x: number;
  readonly y: readonly number[];
}

/** What uPlot draws: numbers, and how those of x are written. */
export interface ChartData {
  readonly x: readonly number[];
  readonly series: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** `time` in seconds; `category` counts rows, whose names are in `names`. */
  readonly scale: "number" | "time" | "category";
  readonly names: readonly string[];
  readonly xName: string;
}

const maxPoints = 10_000;
const timeType = /^(date|timestamp)/i;

/** A chart that is likely to say something: numbers over the first time, name or number. */
export function firstChoice({ columns, rows }: ResultTable): ChartChoice | undefined {
  const numbers = columns.flatMap(({ isNumber }, i) => (isNumber ? [i] : []));
  if (rows.length === 0 || numbers.length === 0) return undefined;
  const time = columns.findIndex(({ type }) => timeType.test(type));
  const text = columns.findIndex(({ isNumber }) => !isNumber);
  const x = time >= 0 ? time : text >= 0 ? text : (numbers[0] ?? 0);
  const y = numbers.filter((column) => column !== x).slice(0, 1);
  if (y.length === 0) return { kind: "bars", x, y: numbers.slice(0, 1) };
  return { kind: time >= 0 || text < 0 ? "line" : "bars", x, y };
}

export function chartData(table: ResultTable, choice: ChartChoice): ChartData {
  const { columns } = table;
  const rows = table.rows.slice(0, maxPoints);
  const scale = scaleOf(table, choice);
  const ordered =
    scale === "category"
      ? rows
      : rows.toSorted((a, b) => numberOf(a[choice.x], scale) - numberOf(b[choice.x], scale));
  return {
    scale,
    xName: columns[choice.x]?.name ?? "",
    x: ordered.map((row, i) => (scale === "category" ? i : numberOf(row[choice.x], scale))),
    names: scale === "category" ? ordered.map((row) => String(row[choice.x] ?? "NULL")) : [],
    series: choice.y.map((column) => ({
      label: columns[column]?.name ?? "",
      values: ordered.map((row) => yOf(row[column])),
    })),
  };
}

function scaleOf({ columns }: ResultTable, { x, kind }: ChartChoice): ChartData["scale"] {
  const column = columns[x];
  if (kind === "bars" || column === undefined) return "category";
  if (timeType.test(column.type)) return "time";
  return column.isNumber ? "number" : "category";
}

function numberOf(cell: Cell | undefined, scale: ChartData["scale"]): number {
  if (scale === "time") return Date.parse(`${cell ?? ""}`.replace(" ", "T")) / 1_000;
  return Number(cell ?? Number.NaN);
}

function yOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || cell === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
