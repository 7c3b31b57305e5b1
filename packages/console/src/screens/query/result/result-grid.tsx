import { notifications } from "@mantine/notifications";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import classes from "./result-grid.module.css";
import { type Cell, compareCells, isInexact, type ResultColumn, type ResultTable } from "./result-table.ts";

const rowHeight = 28;
const charPx = 7.4;
const minPx = 70;
const maxPx = 380;
const measuredRows = 60;

interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** Rows of a result: heads sort, a double click copies a cell. */
export function ResultGrid({ table }: { readonly table: ResultTable }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<Sorting | undefined>(undefined);
  const { columns } = table;
  const rows = useMemo(() => sorted(table, sorting), [table, sorting]);
  const shape = columns.map(({ name, type }) => `${name} ${type}`).join("\n");
  // Widths are found once: a result that changes while one looks must not move.
  const hasRows = rows.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the columns, whose list is new each time.
  const widths = useMemo(() => columns.map((column, i) => widthOf(column, table.rows, i)), [shape, hasRows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: 0,
  });
  const width = widths.reduce((sum, px) => sum + px, 60);
  return (
    <div
      ref={scroller}
      className={classes["frame"]}
      tabIndex={0}
      role="grid"
      aria-rowcount={rows.length}
      aria-label="Rows of the result"
    >
      <div style={{ width, minWidth: "100%" }}>
        <Head columns={columns} widths={widths} sorting={sorting} onSort={setSorting} />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              className={classes["row"]}
              style={{ transform: `translateY(${start}px)`, height: rowHeight, minWidth: "100%" }}
            >
              <span className={classes["number"]}>{index + 1}</span>
              {rows[index]?.map((cell, i) => (
                <CellView
                  key={columns[i]?.name ?? i}
                  cell={cell}
                  column={columns[i]}
                  px={widths[i] ?? minPx}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

interface HeadProps {
  readonly columns: readonly ResultColumn[];
  readonly widths: readonly number[];
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

function Head({ columns, widths, sorting, onSort }: HeadProps): ReactNode {
  return (
    <div role="row" className={classes["head"]}>
      <span className={classes["number"]} role="columnheader" aria-label="Number" />
      {columns.map(({ name, type, isNumber }, i) => {
        const mine = sorting?.column === i ? sorting : undefined;
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat, places do not.
            key={i}
            role="columnheader"
            aria-sort={mine === undefined ? "none" : mine.descending ? "descending" : "ascending"}
          >
            <button
              type="button"
              className={classes["headCell"]}
              data-number={isNumber || undefined}
              style={{ width: widths[i] }}
              title={`${name} ${type}`}
              onClick={() =>
                onSort(mine?.descending ? undefined : { column: i, descending: mine !== undefined })
              }
            >
              {name}
              {mine !== undefined && (mine.descending ? " ↓" : " ↑")}
              <span className={classes["type"]}>{type}</span>
            </button>
          </span>
        );
      })}
    </div>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly column: ResultColumn | undefined;
  readonly px: number;
}

function CellView({ cell, column, px }: CellProps): ReactNode {
  const text = cell === null ? "NULL" : String(cell);
  const inexact = isInexact(cell);
  return (
    <div
      role="gridcell"
      className={classes["cell"]}
      data-number={column?.isNumber || undefined}
      data-null={cell === null || undefined}
      style={{ width: px }}
      title={inexact ? "Too large for the SDK to read exactly: cast it to varchar to see all digits" : text}
      onDoubleClick={() => void copyCell(text)}
    >
      {inexact ? `≈ ${text}` : text.replaceAll("\n", "⏎")}
    </div>
  );
}

async function copyCell(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  notifications.show({ message: "The cell is copied.", autoClose: 1_500 });
}

function sorted(table: ResultTable, sorting: Sorting | undefined): ResultTable["rows"] {
  if (sorting === undefined) return table.rows;
  const { column, descending } = sorting;
  const isNumber = table.columns[column]?.isNumber ?? false;
  const ordered = table.rows.toSorted((a, b) => compareCells(a[column] ?? null, b[column] ?? null, isNumber));
  return descending ? ordered.toReversed() : ordered;
}

/** Wide enough for the head and the first rows, within bounds. */
function widthOf({ name, type }: ResultColumn, rows: ResultTable["rows"], i: number): number {
  let chars = Math.max(name.length + 2, type.length);
  for (const row of rows.slice(0, measuredRows)) chars = Math.max(chars, String(row[i] ?? "NULL").length);
  return Math.round(Math.min(maxPx, Math.max(minPx, chars * charPx + 24)));
}
