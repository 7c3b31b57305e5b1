import type { CommandIo } from "../command-io.ts";
import { visible } from "../visible.ts";
import { cellWidth, fitted } from "./cell-width.ts";
import type { Column, Row } from "./query.ts";
import { isNumber } from "./row-texts.ts";

/** How the rows of one result are drawn. */
export interface TableLayout {
  /** Not even narrow columns fit next to each other. */
  readonly isTooNarrow: boolean;
  readonly heading: string;
  readonly line: (row: Row) => string;
}

const gap = "  ";
/** Narrower than that, a column says nothing. */
const minCells = 6;
/** Where there is no terminal, lines are as long as they are. */
const pipedColumns = 100_000;
const shownNull = "null";

/** Columns as wide as what is in them; the widest give way until a line fits. */
export function tableLayout(io: CommandIo, columns: readonly Column[], rows: readonly Row[]): TableLayout {
  const room = (io.isTerminal ? io.columns : pipedColumns) - gap.length * (columns.length - 1);
  const natural = columns.map(({ name }, index) =>
    rows.reduce((widest, row) => Math.max(widest, cellWidth(shown(row[index]))), cellWidth(name)),
  );
  const widths = shrunk(natural, room);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const names = columns.map((column, index) =>
    io.style(
      "bold",
      aligned(column.name, widths[index] ?? 0, isNumber(column), index === columns.length - 1),
    ),
  );
  const rule = io.style("dim", widths.map((width) => "─".repeat(width)).join(gap));
  const line = (row: Row): string => {
    const cells = columns.map((column, index) => {
      const value = row[index] ?? null;
      const text = aligned(shown(value), widths[index] ?? 0, isNumber(column), index === columns.length - 1);
      return value === null ? io.style("dim", text) : text;
    });
    return `${cells.join(gap)}\n`;
  };
  return { isTooNarrow: total > room, heading: `${names.join(gap)}\n${rule}\n`, line };
}

/** A block of lines, one a column. */
export function expandedRow(io: CommandIo, columns: readonly Column[], row: Row, number: number): string {
  const widest = Math.max(...columns.map(({ name }) => cellWidth(name)));
  const lines = columns.map(({ name }, index) => {
    const value = row[index] ?? null;
    const text = value === null ? io.style("dim", shownNull) : visible(value);
    return `${io.style("bold", name + " ".repeat(widest - cellWidth(name)))}${gap}${text}\n`;
  });
  return `${io.style("dim", `── row ${number} ──`)}\n${lines.join("")}`;
}

function shrunk(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  let total = widths.reduce((sum, width) => sum + width, 0);
  while (total > room) {
    const widest = Math.max(...widths);
    if (widest <= minCells) break;
    const index = widths.indexOf(widest);
    const second = Math.max(
      minCells,
      ...widths.filter((_, other) => other !== index && widths[other] !== widest),
    );
    const cut = Math.min(total - room, Math.max(1, widest - second));
    widths[index] = Math.max(minCells, widest - cut);
    total -= widest - (widths[index] ?? widest);
  }
  return widths;
}

function aligned(text: string, width: number, right: boolean, isLast: boolean): string {
  const cut = fitted(visible(text), width);
  const blanks = " ".repeat(Math.max(0, width - cellWidth(cut)));
  if (right) return blanks + cut;
  return isLast ? cut : cut + blanks;
}

function shown(value: string | null | undefined): string {
  return value === null || value === undefined ? shownNull : visible(value);
}
