import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { countText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { TableDrawer } from "../query/warehouse/table-drawer.tsx";
import { useDatabases, useSchema, useWarehouse } from "../query/warehouse/use-warehouse.ts";
import type { WarehousePlace, WarehouseRow } from "../query/warehouse/warehouse-rows.ts";

const notableSkew = 4;
const pollMs = 10_000;

const text = (row: WarehouseRow, name: string): string => `${row[name] ?? ""}`;
const numbers = (row: WarehouseRow, name: string): number | undefined =>
  row[name] === null || row[name] === undefined ? undefined : Number(row[name]);

const columns: readonly Column<WarehouseRow>[] = [
  { key: "schema", title: "Schema", width: "1fr", value: (row) => text(row, "schema") },
  { key: "table", title: "Table", width: "2fr", value: (row) => text(row, "table") },
  { key: "diststyle", title: "Distribution", width: "150px", value: (row) => text(row, "diststyle") },
  { key: "sortkey", title: "Sort key", fromWidth: 900, width: "1fr", value: (row) => text(row, "sortkey1") },
  numberColumn("rows", "Rows", "tbl_rows", countText),
  { ...numberColumn("size", "MiB", "size", countText), fromWidth: 900 },
  {
    ...numberColumn("skew", "Skew", "skew_rows", (value) => value.toFixed(2)),
    render: (row) => {
      const skew = numbers(row, "skew_rows");
      const isNotable = skew !== undefined && skew > notableSkew;
      return (
        <span style={isNotable ? { color: "var(--mantine-color-red-text)" } : {}}>
          {skew?.toFixed(2) ?? "–"}
        </span>
      );
    },
  },
  { ...numberColumn("unsorted", "Unsorted %", "unsorted", (value) => value.toFixed(1)), fromWidth: 1000 },
  { ...numberColumn("stats", "Stats off %", "stats_off", (value) => value.toFixed(1)), fromWidth: 1000 },
];

function numberColumn(
  key: string,
  title: string,
  name: string,
  format: (value: number) => string,
): Column<WarehouseRow> {
  return {
    key,
    title,
    width: "100px",
    align: "right",
    value: (row) => numbers(row, name),
    render: (row) => {
      const value = numbers(row, name);
      return value === undefined ? "–" : format(value);
    },
  };
}

/** The tables of a database: how they are distributed, and how evenly. */
export function TablesTab({ place }: { readonly place: WarehousePlace }): ReactNode {
  const [params, setParams] = useSearchParams();
  const database = params.get("database") ?? place.database;
  const there = { ...place, database };
  const databases = useDatabases(place).data ?? [];
  const schema = useSchema(there);
  const found = useWarehouse(there, "select * from svv_table_info", { everyMs: pollMs });
  const wanted = params.get("table");
  const set = (change: Readonly<Record<string, string | undefined>>): void =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(change))
        if (value === undefined) next.delete(name);
        else next.set(name, value);
      return next;
    });
  const choose = (
    <Select
      size="xs"
      w={150}
      aria-label="Database"
      allowDeselect={false}
      data={[...new Set([...databases, database])]}
      value={database}
      onChange={(value) => value !== null && set({ database: value })}
    />
  );
  return (
    <>
      <Loaded of={found}>
        {(rows) => (
          <DataTable
            label="tables"
            rows={rows}
            columns={columns}
            rowKey={(row) => text(row, "table_id")}
            onOpen={(row) => set({ table: `${text(row, "schema")}.${text(row, "table")}` })}
            sort={{ key: "rows", descending: true }}
            tools={choose}
            empty={
              <EmptyState title={`The database ${database} has no tables with rows`} action={choose}>
                SVV_TABLE_INFO lists tables that have rows.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <TableDrawer
        place={there}
        table={schema.data?.find((one) => `${one.schema}.${one.name}` === wanted)}
        onClose={() => set({ table: undefined })}
      />
    </>
  );
}
