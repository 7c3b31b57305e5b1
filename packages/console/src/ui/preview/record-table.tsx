import { Code, Drawer, Table, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import classes from "./record-table.module.css";
import { cellText, plainValue, type TableData, valueText } from "./table-data.ts";

export interface RecordTableProps {
  readonly label: string;
  readonly data: TableData;
  /** The number of the first row. */
  readonly firstRow?: number;
  /** Types of the columns, shown below their names. */
  readonly types?: readonly (string | undefined)[];
}

const rowHeight = 28;
const sampledRows = 60;
const characterPx = 7.4;
const narrowestPx = 64;
const widestPx = 360;

/** Records of any width and number: it scrolls in both directions, and a row opens as a list of its values. */
export function RecordTable({ label, data, firstRow = 1, types }: RecordTableProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<number | undefined>(undefined);
  const layout = useMemo(() => layoutOf(data), [data]);
  const virtual = useVirtualizer({
    count: data.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <>
      <div
        ref={scroller}
        className={classes["scroller"]}
        role="table"
        aria-label={label}
        aria-rowcount={data.rows.length}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
      >
        <div role="rowgroup">
          <div role="row" className={classes["head"]} style={{ gridTemplateColumns: layout.tracks }}>
            <div role="columnheader" className={`${classes["cell"]} ${classes["number"]}`}>
              #
            </div>
            {data.columns.map((name, i) => (
              <div
                key={name}
                role="columnheader"
                className={classes["cell"]}
                data-align={layout.isNumber[i] === true ? "right" : undefined}
                title={types?.[i] === undefined ? name : `${name}: ${types[i]}`}
              >
                {name}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 1}
              tabIndex={-1}
              className={classes["row"]}
              data-open={index === open || undefined}
              style={{ transform: `translateY(${start}px)`, gridTemplateColumns: layout.tracks }}
              onClick={() => setOpen(index)}
              onKeyDown={(event) => event.key === "Enter" && setOpen(index)}
            >
              <Cells row={data.rows[index] ?? []} number={firstRow + index} isNumber={layout.isNumber} />
            </div>
          ))}
        </div>
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="lg"
        title={`Row ${(firstRow + (open ?? 0)).toLocaleString("en-US")}`}
      >
        {open !== undefined && <RowDetails columns={data.columns} row={data.rows[open] ?? []} />}
      </Drawer>
    </>
  );
}

interface CellsProps {
  readonly row: readonly unknown[];
  readonly number: number;
  readonly isNumber: readonly boolean[];
}

function Cells({ row, number, isNumber }: CellsProps): ReactNode {
  return (
    <>
      <div role="cell" className={`${classes["cell"]} ${classes["number"]}`}>
        {number}
      </div>
      {isNumber.map((numeric, i) => {
        const value = row[i];
        const isMissing = value === undefined || value === null;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move.
            key={i}
            role="cell"
            className={classes["cell"]}
            data-align={numeric ? "right" : undefined}
            data-missing={isMissing || undefined}
          >
            {value === null ? "null" : cellText(value)}
          </div>
        );
      })}
    </>
  );
}

function RowDetails({
  columns,
  row,
}: {
  readonly columns: readonly string[];
  readonly row: readonly unknown[];
}): ReactNode {
  return (
    <Table layout="fixed" verticalSpacing={6}>
      <Table.Tbody>
        {columns.map((name, i) => (
          <Table.Tr key={name}>
            <Table.Td w="32%" style={{ verticalAlign: "top", overflowWrap: "anywhere" }}>
              <Text size="sm" c="dimmed">
                {name}
              </Text>
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Value value={row[i]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Value({ value }: { readonly value: unknown }): ReactNode {
  if (value === undefined || value === null)
    return (
      <Text size="sm" c="dimmed">
        {value === null ? "null" : "missing"}
      </Text>
    );
  if (typeof value === "object" && !(value instanceof Date) && !(value instanceof Uint8Array))
    return (
      <Code block style={{ whiteSpace: "pre-wrap" }}>
        {JSON.stringify(value, plainValue, 2)}
      </Code>
    );
  return (
    <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
      {valueText(value)}
    </Text>
  );
}

interface Layout {
  readonly tracks: string;
  readonly isNumber: readonly boolean[];
}

/** Columns are as wide as what is in their first rows, so that nothing moves while one scrolls. */
function layoutOf({ columns, rows }: TableData): Layout {
  const sample = rows.slice(0, sampledRows);
  const widths = columns.map((name, i) => {
    const longest = Math.max(name.length, ...sample.map((row) => cellText(row[i]).length));
    return Math.min(widestPx, Math.max(narrowestPx, Math.ceil(longest * characterPx) + 22));
  });
  const isNumber = columns.map((_, i) => {
    const values = sample.map((row) => row[i]).filter((value) => value !== undefined && value !== null);
    return values.length > 0 && values.every(isNumeric);
  });
  const numberPx = Math.max(48, `${rows.length}`.length * 9 + 24);
  return { tracks: [numberPx, ...widths].map((px) => `${px}px`).join(" "), isNumber };
}

function isNumeric(value: unknown): boolean {
  if (typeof value === "number" || typeof value === "bigint") return true;
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value));
}
