import { ActionIcon, Group, ScrollArea, Text, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconChevronDown,
  IconChevronRight,
  IconDatabase,
  IconEye,
  IconRefresh,
  IconTable,
  IconTableShare,
} from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { SchemaTable } from "./schema.ts";
import classes from "./schema-tree.module.css";
import { type TreeRow, treeRows } from "./tree-rows.ts";

const rowPx = 26;

export interface SchemaTreeProps {
  readonly tables: readonly SchemaTable[];
  readonly onRefresh: () => void;
  /** A name was chosen, to be put into the text. */
  readonly onInsert: (table: SchemaTable, column: string | undefined) => void;
  readonly onOpenTable: (table: SchemaTable) => void;
}

/** Schemas, their tables and the tables' columns; any number of them. */
export function SchemaTree(props: SchemaTreeProps): ReactNode {
  const [filter, setFilter] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(["public"]));
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(props.tables, open, filter), [props.tables, open, filter]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 10,
  });
  const toggle = (key: string): void =>
    setOpen((before) =>
      before.has(key) ? new Set([...before].filter((one) => one !== key)) : new Set([...before, key]),
    );
  return (
    <div className={classes["frame"]}>
      <Group gap={4} wrap="nowrap" mb={6}>
        <TextInput
          size="xs"
          flex={1}
          aria-label="Filter tables"
          placeholder="Filter tables"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Tooltip label="Read again">
          <ActionIcon variant="subtle" color="gray" aria-label="Read tables again" onClick={props.onRefresh}>
            <IconRefresh size={15} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <ScrollArea viewportRef={scroller} className={classes["rows"] ?? ""} type="auto">
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? undefined : (
              <div
                key={row.key}
                className={classes["row"]}
                style={{ transform: `translateY(${start}px)`, height: rowPx }}
              >
                <Row row={row} onToggle={toggle} tree={props} />
              </div>
            );
          })}
        </div>
      </ScrollArea>
    </div>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly onToggle: (key: string) => void;
  readonly tree: SchemaTreeProps;
}

function Row({ row, onToggle, tree }: RowProps): ReactNode {
  const Chevron = row.isOpen === true ? IconChevronDown : IconChevronRight;
  if (row.kind === "schema")
    return (
      <UnstyledButton
        className={classes["button"] ?? ""}
        aria-expanded={row.isOpen}
        onClick={() => onToggle(row.key)}
      >
        <Chevron size={13} />
        <IconDatabase size={14} stroke={1.6} />
        <span className={classes["name"]}>{row.label}</span>
        <span className={classes["type"]}>{row.detail}</span>
      </UnstyledButton>
    );
  if (row.kind === "table") {
    const { table } = row;
    const Icon = /view/i.test(table.type)
      ? IconEye
      : /external/i.test(table.type)
        ? IconTableShare
        : IconTable;
    return (
      <Group gap={0} wrap="nowrap" w="100%" className={classes["tableRow"] ?? ""}>
        <UnstyledButton
          className={classes["button"] ?? ""}
          style={{ paddingLeft: 18 }}
          aria-expanded={row.isOpen}
          onClick={() => onToggle(row.key)}
          onDoubleClick={() => tree.onInsert(table, undefined)}
        >
          <Chevron size={13} />
          <Icon size={14} stroke={1.6} />
          <span className={classes["name"]} title={`${table.schema}.${table.name}`}>
            {row.label}
          </span>
        </UnstyledButton>
        <UnstyledButton className={classes["details"] ?? ""} onClick={() => tree.onOpenTable(table)}>
          <Text size="xs" c="dimmed" component="span">
            details
          </Text>
        </UnstyledButton>
      </Group>
    );
  }
  return (
    <UnstyledButton
      className={classes["button"] ?? ""}
      style={{ paddingLeft: 52 }}
      title="Put the name into the statement"
      onClick={() => tree.onInsert(row.table, row.label)}
    >
      <span className={classes["name"]}>{row.label}</span>
      <span className={classes["type"]}>{row.detail}</span>
    </UnstyledButton>
  );
}
