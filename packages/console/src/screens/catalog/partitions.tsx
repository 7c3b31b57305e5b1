import type { Partition, Table } from "@aws-sdk/client-glue";
import { Button, Code, Drawer, Group, TextInput } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { LocationLink } from "./databases.tsx";
import { recordedCount } from "./recorded-counts.tsx";

interface PartitionsProps {
  readonly database: string;
  readonly table: Table;
}

/** Partitions, all or those that an expression of Glue's finds. */
export function Partitions({ database, table }: PartitionsProps): ReactNode {
  const [search] = useSearchParams();
  const expression = search.get("expression") ?? "";
  const name = table.Name ?? "";
  const [open, setOpen] = useState<Partition | undefined>(undefined);
  const partitions = useAws("glue", ["partitions", database, name, expression], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.getPartitions({
        DatabaseName: database,
        TableName: name,
        NextToken,
        ...(expression !== "" && { Expression: expression }),
      });
      return { items: output.Partitions, next: output.NextToken };
    }),
  );
  const columns = useMemo(() => columnsOf(table), [table]);
  return (
    <>
      <ExpressionForm key={expression} table={table} expression={expression} />
      <Loaded of={partitions}>
        {(rows) => (
          <DataTable
            label="partitions"
            rows={rows}
            columns={columns}
            rowKey={({ Values = [] }) => Values.join("\n")}
            onOpen={setOpen}
            empty={
              <EmptyState
                title={expression === "" ? "There are no partitions" : "No partition fits the expression"}
              />
            }
          />
        )}
      </Loaded>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="lg"
        title={open?.Values?.join(" / ")}
      >
        <Code block>{JSON.stringify(open, undefined, 2)}</Code>
      </Drawer>
    </>
  );
}

interface ExpressionFormProps {
  readonly table: Table;
  readonly expression: string;
}

function ExpressionForm({ table, expression }: ExpressionFormProps): ReactNode {
  const [, setSearch] = useSearchParams();
  const [text, setText] = useState(expression);
  const key = table.PartitionKeys?.[0]?.Name ?? "key";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setSearch((before) => {
          const next = new URLSearchParams(before);
          if (text.trim() === "") next.delete("expression");
          else next.set("expression", text.trim());
          return next;
        });
      }}
    >
      <Group gap="xs" mb="xs" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label="Expression"
          placeholder={`Expression of Glue, such as: ${key} >= '2001' AND ${key} <> '2003'`}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default">
          Find
        </Button>
      </Group>
    </form>
  );
}

function columnsOf(table: Table): readonly Column<Partition>[] {
  const keys = (table.PartitionKeys ?? []).map(
    ({ Name = "" }, i): Column<Partition> => ({
      key: `key ${Name}`,
      title: Name,
      value: ({ Values }) => Values?.[i],
      width: "0.6fr",
    }),
  );
  return [
    ...keys,
    recordedCount("Rows", "recordCount"),
    recordedCount("Objects", "objectCount"),
    {
      key: "location",
      title: "Location",
      value: ({ StorageDescriptor }) => StorageDescriptor?.Location,
      render: ({ StorageDescriptor }) => <LocationLink location={StorageDescriptor?.Location} />,
      width: "2fr",
    },
    {
      key: "created",
      title: "Created",
      value: ({ CreationTime }) => CreationTime?.getTime(),
      render: ({ CreationTime }) => timeText(CreationTime),
      width: "160px",
    },
  ];
}
