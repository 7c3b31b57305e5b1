import type { Table } from "@aws-sdk/client-glue";
import { Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { LinkBadge, LocationLink } from "./databases.tsx";
import { tablePath } from "./places.ts";
import { recordedCount } from "./recorded-counts.tsx";
import { formatOf } from "./table-formats.ts";

interface TableListProps {
  readonly tables: readonly Table[];
  readonly withDatabase: boolean;
  readonly tools?: ReactNode;
  readonly empty: ReactNode;
}

const narrow = "(max-width: 1100px)";
/** What a table's own page tells too. */
const wideOnly: ReadonlySet<string> = new Set(["columns", "keys", "updated"]);

/** Tables of one database, or of all. */
export function TableList({ tables, withDatabase, tools, empty }: TableListProps): ReactNode {
  const isNarrow = useMediaQuery(narrow) ?? false;
  const shown = isNarrow ? columns.filter(({ key }) => !wideOnly.has(key)) : columns;
  return (
    <DataTable
      label="tables"
      rows={tables}
      columns={withDatabase ? [databaseColumn, ...shown] : shown}
      rowKey={({ DatabaseName = "", Name = "" }) => `${DatabaseName}.${Name}`}
      to={({ DatabaseName = "", Name = "" }) => tablePath(DatabaseName, Name)}
      sort={{ key: "name" }}
      tools={tools}
      empty={empty}
    />
  );
}

const databaseColumn: Column<Table> = {
  key: "database",
  title: "Database",
  value: ({ DatabaseName }) => DatabaseName,
};

const columns: readonly Column<Table>[] = [
  {
    key: "name",
    title: "Table",
    value: ({ Name }) => Name,
    render: (table) => (
      <Group gap={8} wrap="nowrap">
        <Text size="sm" fw={500} truncate>
          {table.Name}
        </Text>
        {table.TargetTable !== undefined && <LinkBadge />}
      </Group>
    ),
    width: "1.2fr",
  },
  { key: "format", title: "Format", value: (table) => formatOf(table), width: "110px" },
  {
    key: "columns",
    title: "Columns",
    value: ({ StorageDescriptor, PartitionKeys }) =>
      (StorageDescriptor?.Columns?.length ?? 0) + (PartitionKeys?.length ?? 0),
    width: "80px",
    align: "right",
  },
  {
    key: "keys",
    title: "Partitioned by",
    value: ({ PartitionKeys }) => PartitionKeys?.map(({ Name }) => Name).join(", "),
    width: "140px",
  },
  recordedCount("Rows", "recordCount"),
  {
    key: "location",
    title: "Location",
    value: ({ StorageDescriptor }) => StorageDescriptor?.Location,
    render: ({ StorageDescriptor }) => <LocationLink location={StorageDescriptor?.Location} />,
    width: "1.6fr",
  },
  {
    key: "updated",
    title: "Updated",
    value: ({ UpdateTime }) => UpdateTime?.getTime(),
    render: ({ UpdateTime }) => timeText(UpdateTime),
    width: "160px",
  },
];
