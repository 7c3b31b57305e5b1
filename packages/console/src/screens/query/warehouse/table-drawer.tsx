import { Badge, Drawer, Group, ScrollArea, SimpleGrid, Stack, Table, Tabs, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { countText } from "../../../ui/format.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import type { SchemaTable } from "./schema.ts";
import { SliceBars } from "./slice-bars.tsx";
import { literal } from "./slices.ts";
import { useWarehouse } from "./use-warehouse.ts";
import type { WarehousePlace, WarehouseRow } from "./warehouse-rows.ts";

export interface TableDrawerProps {
  readonly place: WarehousePlace | undefined;
  readonly table: SchemaTable | undefined;
  readonly onClose: () => void;
}

/** A table's columns, keys, size, and how its rows lie on the slices. */
export function TableDrawer({ place, table, onClose }: TableDrawerProps): ReactNode {
  const isOpen = place !== undefined && table !== undefined;
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="lg"
      title={table && `${table.schema}.${table.name}`}
    >
      {isOpen && <TableDetails place={place} table={table} />}
    </Drawer>
  );
}

function TableDetails({
  place,
  table,
}: {
  readonly place: WarehousePlace;
  readonly table: SchemaTable;
}): ReactNode {
  const info = useWarehouse(
    place,
    `select * from svv_table_info where "schema" = ${literal(table.schema)} and "table" = ${literal(table.name)}`,
  );
  return (
    <Tabs defaultValue="slices">
      <Tabs.List mb="md">
        <Tabs.Tab value="slices">Distribution</Tabs.Tab>
        <Tabs.Tab value="columns">Columns</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="slices">
        <Loaded of={info}>
          {([row]) =>
            row === undefined ? (
              <EmptyState title="Nothing lies on slices">
                {table.type.toLowerCase()}s have no rows of their own here, and a table without rows is not
                listed in SVV_TABLE_INFO.
              </EmptyState>
            ) : (
              <Stack>
                <Figures row={row} />
                <SliceBars
                  place={place}
                  tableId={Number(row["table_id"])}
                  diststyle={`${row["diststyle"]}`}
                />
              </Stack>
            )
          }
        </Loaded>
      </Tabs.Panel>
      <Tabs.Panel value="columns">
        <Columns table={table} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Figures({ row }: { readonly row: WarehouseRow }): ReactNode {
  const items = [
    ["Distribution", `${row["diststyle"]}`],
    ["Sort key", `${row["sortkey1"] ?? "none"}`],
    ["Rows", countText(Number(row["tbl_rows"] ?? 0))],
    ["Size", `${row["size"]} blocks of 1 MiB`],
    ["Skew of rows", `${row["skew_rows"] ?? "–"}`],
    ["Unsorted", row["unsorted"] === null ? "–" : `${row["unsorted"]} %`],
    ["Statistics off by", row["stats_off"] === null ? "–" : `${row["stats_off"]} %`],
    ["Created", `${row["create_time"] ?? "–"}`],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
      {items.map(([name, value]) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text size="sm" truncate title={value}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function Columns({ table }: { readonly table: SchemaTable }): ReactNode {
  return (
    <ScrollArea.Autosize mah="75vh">
      <Table withRowBorders={false} verticalSpacing={3}>
        <Table.Tbody>
          {table.columns.map(({ name, type, isDistKey, sortKey }) => (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              <Table.Td c="dimmed">{type}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end">
                  {isDistKey && (
                    <Badge size="xs" variant="light">
                      distkey
                    </Badge>
                  )}
                  {sortKey !== undefined && (
                    <Badge size="xs" variant="light" color="grape">
                      sortkey {sortKey}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
