import { Box, Group, Text, TextInput } from "@mantine/core";
import { useElementSize, useHotkeys } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconSearch } from "@tabler/icons-react";
import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import classes from "./data-table.module.css";

export interface Column<R> {
  /** Unique in the table. */
  readonly key: string;
  readonly title: string;
  /** What the column is sorted and filtered by. */
  readonly value: (row: R) => string | number | undefined;
  /** What is shown, if that is not the value itself. */
  readonly render?: (row: R) => ReactNode;
  /** A CSS grid track: `120px`, `2fr`; `1fr` when not given. */
  readonly width?: string;
  readonly align?: "left" | "right";
  readonly monospace?: boolean;
  /** Not shown in tables that are narrower, in pixels; it is searched all the same. */
  readonly fromWidth?: number;
}

export interface DataTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly rowKey: (row: R) => string;
  /** Where a row leads to. */
  readonly to?: (row: R) => string;
  readonly onOpen?: (row: R) => void;
  /** The row whose details are shown. */
  readonly selected?: string;
  /** Shown instead of rows when there are none at all. */
  readonly empty?: ReactNode;
  /** Beside the filter. */
  readonly tools?: ReactNode;
  readonly sort?: { readonly key: string; readonly descending?: boolean };
  /** CSS height of the rows' area; they take what is left when not given. */
  readonly height?: string | number;
  readonly rowHeight?: number;
  readonly withoutFilter?: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortFns: { basic: sortFn_basic, alphanumeric: sortFn_alphanumeric },
  filterFns: { includesString: filterFn_includesString },
});

/** Rows of any number: filtered with `/`, sorted by their heads, moved through with the arrow keys. */
export function DataTable<R extends object>(props: DataTableProps<R>): ReactNode {
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState<SortingState>(
    props.sort === undefined ? [] : [{ id: props.sort.key, desc: props.sort.descending ?? false }],
  );
  const columns = useMemo(
    () =>
      props.columns.map((column) => ({
        id: column.key,
        accessorFn: (row: R) => column.value(row),
        sortFn: "basic" as const,
        sortUndefined: "last" as const,
      })),
    [props.columns],
  );
  const table = useTable({
    features,
    columns,
    data: props.rows as R[],
    state: { sorting, globalFilter: filter },
    onSortingChange: setSorting,
    onGlobalFilterChange: setFilter,
    globalFilterFn: "includesString",
    getColumnCanGlobalFilter: () => true,
  });
  const { ref, width } = useElementSize();
  const shown = props.columns.filter(({ fromWidth = 0 }) => width === 0 || width >= fromWidth);
  const rows = table.getRowModel().rows.map((row) => row.original);
  if (props.rows.length === 0 && props.empty !== undefined) return props.empty;
  return (
    <Box ref={ref} className={classes["frame"] ?? ""} h={props.height}>
      {props.withoutFilter !== true && (
        <Toolbar
          label={props.label}
          filter={filter}
          onFilter={setFilter}
          shown={rows.length}
          all={props.rows.length}
          tools={props.tools}
        />
      )}
      <Head
        columns={shown}
        sorted={sorting[0]}
        onSort={(key) =>
          setSorting(([first]) =>
            first?.id === key && first.desc ? [] : [{ id: key, desc: first?.id === key }],
          )
        }
      />
      <Rows {...props} columns={shown} rows={rows} />
    </Box>
  );
}

interface ToolbarProps {
  readonly label: string;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly shown: number;
  readonly all: number;
  readonly tools: ReactNode;
}

function Toolbar({ label, filter, onFilter, shown, all, tools }: ToolbarProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => input.current?.focus()]]);
  return (
    <Group justify="space-between" mb="xs" wrap="nowrap">
      <TextInput
        ref={input}
        size="xs"
        w={280}
        aria-label={`Filter ${label}`}
        placeholder={`Filter ${label}  /`}
        leftSection={<IconSearch size={14} />}
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          onFilter("");
          event.currentTarget.blur();
        }}
      />
      <Group gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {shown === all ? countOf(all, label) : `${shown.toLocaleString("en-US")} of ${countOf(all, label)}`}
        </Text>
        {tools}
      </Group>
    </Group>
  );
}

/** The label is a plural: `1 bucket`, `2 buckets`, `1 policy`. */
function countOf(count: number, label: string): string {
  const one = label.endsWith("ies") ? `${label.slice(0, -3)}y` : label.replace(/s$/, "");
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : label}`;
}

interface HeadProps<R> {
  readonly columns: readonly Column<R>[];
  readonly sorted: { readonly id: string; readonly desc: boolean } | undefined;
  readonly onSort: (key: string) => void;
}

function Head<R>({ columns, sorted, onSort }: HeadProps<R>): ReactNode {
  return (
    <div className={classes["head"]} style={{ gridTemplateColumns: tracksOf(columns) }}>
      {columns.map(({ key, title, align }) => (
        <button
          type="button"
          key={key}
          className={classes["headCell"]}
          data-align={align}
          // A column of buttons or boxes may have no title to be seen.
          aria-label={title === "" ? `Sort by ${key}` : undefined}
          onClick={() => onSort(key)}
        >
          {title}
          {sorted?.id === key && (sorted.desc ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
        </button>
      ))}
    </div>
  );
}

function Rows<R extends object>(props: DataTableProps<R>): ReactNode {
  const { rows, columns, rowKey, to, onOpen, rowHeight = 36 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const navigate = useNavigate();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const open = useCallback(
    (row: R | undefined): void => {
      if (row === undefined) return;
      if (onOpen !== undefined) onOpen(row);
      else if (to !== undefined) void navigate(to(row));
    },
    [onOpen, to, navigate],
  );
  const tracks = tracksOf(columns);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = cursorAfter(event.key, cursor, rows.length);
    if (event.key === "Enter") open(rows[cursor]);
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
    virtual.scrollToIndex(next);
  };
  const opens = to !== undefined || onOpen !== undefined;
  return (
    <div
      ref={scroller}
      className={classes["rows"]}
      // Rows come and go while the table is scrolled: the focus stays with the table.
      tabIndex={0}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index];
          if (row === undefined) return undefined;
          const key = rowKey(row);
          return (
            <Row
              key={key}
              row={row}
              columns={columns}
              tracks={tracks}
              index={index}
              start={start}
              height={size}
              isCursor={index === cursor}
              isSelected={key === props.selected}
              {...(opens && { onOpen: open })}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: object;
  readonly columns: readonly Column<never>[];
  readonly tracks: string;
  readonly index: number;
  /** From the top of all rows, in pixels. */
  readonly start: number;
  readonly height: number;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly onOpen?: (row: never) => void;
}

/** Drawn once while it is scrolled past. */
const Row = memo((props: RowProps): ReactNode => {
  const { row, index, onOpen } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      tabIndex={-1}
      className={classes["row"]}
      data-cursor={props.isCursor || undefined}
      data-selected={props.isSelected || undefined}
      data-opens={onOpen !== undefined || undefined}
      style={{
        transform: `translateY(${props.start}px)`,
        height: props.height,
        gridTemplateColumns: props.tracks,
      }}
      onClick={() => onOpen?.(row as never)}
    >
      {props.columns.map((column) => (
        <Cell key={column.key} column={column} row={row as never} />
      ))}
    </div>
  );
});

function Cell<R>({ column, row }: { readonly column: Column<R>; readonly row: R }): ReactNode {
  return (
    <div role="gridcell" className={classes["cell"]} data-align={column.align} data-mono={column.monospace}>
      {column.render === undefined ? column.value(row) : column.render(row)}
    </div>
  );
}

/** The row that a key leads to; undefined when it is none of the table's keys. */
function cursorAfter(key: string, cursor: number, count: number): number | undefined {
  const last = count - 1;
  if (key === "ArrowDown" || key === "j") return Math.min(cursor + 1, last);
  if (key === "ArrowUp" || key === "k") return Math.max(cursor - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "PageDown") return Math.min(cursor + 15, last);
  if (key === "PageUp") return Math.max(cursor - 15, 0);
  return undefined;
}

/** Where there is little room, fixed columns give way before the others disappear. */
function tracksOf<R>(columns: readonly Column<R>[]): string {
  return columns
    .map(({ width = "1fr" }) => (width.endsWith("fr") ? `minmax(72px, ${width})` : `minmax(0, ${width})`))
    .join(" ");
}
