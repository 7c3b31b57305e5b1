import type { Table } from "@aws-sdk/client-glue";
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";

interface ColumnRow {
  readonly position: number;
  readonly name: string;
  readonly type: string;
  readonly comment: string | undefined;
  readonly isPartitionKey: boolean;
}

/** Columns in their order; partition keys come last, as queries see them. */
export function TableSchema({ table }: { readonly table: Table }): ReactNode {
  const columns = table.StorageDescriptor?.Columns ?? [];
  const keys = table.PartitionKeys ?? [];
  const rows = [...columns, ...keys].map(
    ({ Name = "", Type = "", Comment }, i): ColumnRow => ({
      position: i + 1,
      name: Name,
      type: Type,
      comment: Comment,
      isPartitionKey: i >= columns.length,
    }),
  );
  return (
    <DataTable
      label="columns"
      rows={rows}
      columns={schemaColumns}
      rowKey={({ position }) => `${position}`}
      empty={<EmptyState title="The table has no columns" />}
    />
  );
}

const schemaColumns: readonly Column<ColumnRow>[] = [
  { key: "position", title: "#", value: ({ position }) => position, width: "40px", align: "right" },
  { key: "name", title: "Column", value: ({ name }) => name, width: "1.2fr" },
  { key: "type", title: "Type", value: ({ type }) => type, monospace: true, width: "1.6fr" },
  {
    key: "key",
    title: "",
    value: ({ isPartitionKey }) => (isPartitionKey ? 0 : 1),
    render: ({ isPartitionKey }) =>
      isPartitionKey && (
        <Badge size="sm" variant="light" color="indigo">
          partition key
        </Badge>
      ),
    width: "130px",
  },
  { key: "comment", title: "Comment", value: ({ comment }) => comment, width: "1.6fr" },
];
