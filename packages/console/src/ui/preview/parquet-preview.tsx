import { ActionIcon, Button, Group, Stack, Table, Tabs, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Column, DataTable } from "../data-table.tsx";
import { bytesText, countText } from "../format.ts";
import { EmptyState, Loaded } from "../states.tsx";
import {
  bytesForRow,
  type ParquetColumn,
  type ParquetFacts,
  type ParquetRowGroup,
  readFacts,
  readRows,
} from "./parquet-file.ts";
import type { RangedFile } from "./ranged-file.ts";
import { RecordTable } from "./record-table.tsx";
import { cellText } from "./table-data.ts";

const pageRows = 500;
/** More is read only when somebody asks for it. */
const maxUnaskedBytes = 64 * 1024 * 1024;

/** Rows, columns with their statistics, and row groups of a Parquet file. */
export function ParquetPreview({ file }: { readonly file: RangedFile }): ReactNode {
  const facts = useQuery<ParquetFacts, Error>({
    queryKey: ["preview", file.id, "parquet"],
    queryFn: () => readFacts(file),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Loaded of={facts}>{(data) => <ParquetTabs file={file} facts={data} />}</Loaded>;
}

interface ParquetProps {
  readonly file: RangedFile;
  readonly facts: ParquetFacts;
}

const panelStyle = { flex: 1, minHeight: 0, display: "flex", flexDirection: "column" } as const;

function ParquetTabs({ file, facts }: ParquetProps): ReactNode {
  const { columns, rowGroups, keyValues } = facts;
  return (
    <Tabs defaultValue="rows" keepMounted={false} style={panelStyle}>
      <Group justify="space-between" mb="xs">
        <Tabs.List>
          <Tabs.Tab value="rows">Rows</Tabs.Tab>
          <Tabs.Tab value="columns">Columns</Tabs.Tab>
          <Tabs.Tab value="groups">Row groups</Tabs.Tab>
          {keyValues.length > 0 && <Tabs.Tab value="metadata">Metadata</Tabs.Tab>}
        </Tabs.List>
        <Text size="xs" c="dimmed">
          Parquet, {countText(facts.rows)} rows, {columns.length} columns, {rowGroups.length} row groups,{" "}
          {bytesText(file.size)}
          {facts.createdBy !== "" && `, by ${facts.createdBy.slice(0, 40)}`}
        </Text>
      </Group>
      <Tabs.Panel value="rows" style={panelStyle}>
        <Rows file={file} facts={facts} />
      </Tabs.Panel>
      <Tabs.Panel value="columns" style={panelStyle}>
        <DataTable label="columns" rows={columns} columns={columnColumns} rowKey={({ path }) => path} />
      </Tabs.Panel>
      <Tabs.Panel value="groups" style={panelStyle}>
        <DataTable
          label="row groups"
          rows={rowGroups}
          columns={groupColumns}
          rowKey={({ index }) => `${index}`}
          withoutFilter
        />
      </Tabs.Panel>
      <Tabs.Panel value="metadata" style={{ ...panelStyle, overflow: "auto" }}>
        <KeyValues pairs={keyValues} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Rows({ file, facts }: ParquetProps): ReactNode {
  const [first, setFirst] = useState(0);
  const [isAsked, setIsAsked] = useState(false);
  const bytes = bytesForRow(facts, first);
  const mayRead = isAsked || bytes <= maxUnaskedBytes;
  const last = Math.min(first + pageRows, facts.rows);
  const rows = useQuery({
    queryKey: ["preview", file.id, "rows", first],
    queryFn: () => readRows(file, facts, first, last),
    enabled: mayRead,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  if (facts.rows === 0) return <EmptyState title="There are no rows" />;
  if (!mayRead)
    return (
      <EmptyState
        title={`The row group takes ${bytesText(bytes)}`}
        action={<Button onClick={() => setIsAsked(true)}>Read rows</Button>}
      >
        Rows lie by columns: the first ones cannot be read without the rest of their group.
      </EmptyState>
    );
  return (
    <Loaded of={rows}>
      {(data) => (
        <Stack gap="xs" flex={1} mih={0}>
          <RecordTable label="Rows" data={data} firstRow={first + 1} />
          <Group justify="flex-end" gap="xs">
            <Text size="xs" c="dimmed">
              {(first + 1).toLocaleString("en-US")} to {last.toLocaleString("en-US")} of{" "}
              {facts.rows.toLocaleString("en-US")}
            </Text>
            <ActionIcon
              variant="default"
              aria-label="Rows before"
              disabled={first === 0}
              onClick={() => setFirst(Math.max(0, first - pageRows))}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label="Rows behind"
              disabled={last >= facts.rows}
              loading={rows.isPlaceholderData}
              onClick={() => setFirst(first + pageRows)}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

const columnColumns: readonly Column<ParquetColumn>[] = [
  { key: "path", title: "Column", value: ({ path }) => path, width: "1.4fr" },
  { key: "type", title: "Type", value: ({ type }) => type, monospace: true },
  {
    key: "nulls",
    title: "Nulls",
    value: ({ nulls }) => nulls,
    render: ({ nulls, isOptional }) =>
      isOptional ? (nulls === undefined ? "not told" : countText(nulls)) : "never",
    width: "80px",
    align: "right",
  },
  { key: "min", title: "Lowest", value: ({ min }) => cellText(min), monospace: true },
  { key: "max", title: "Highest", value: ({ max }) => cellText(max), monospace: true },
  {
    key: "size",
    title: "Size",
    value: ({ compressedBytes }) => compressedBytes,
    render: ({ compressedBytes }) => bytesText(compressedBytes),
    width: "90px",
    align: "right",
  },
  {
    key: "ratio",
    title: "Of plain",
    value: ({ compressedBytes, uncompressedBytes }) => compressedBytes / Math.max(1, uncompressedBytes),
    render: ({ compressedBytes, uncompressedBytes }) =>
      `${Math.round((100 * compressedBytes) / Math.max(1, uncompressedBytes))} %`,
    width: "80px",
    align: "right",
  },
  { key: "codec", title: "Codec", value: ({ codecs }) => codecs.join(", "), width: "90px" },
  { key: "encodings", title: "Encodings", value: ({ encodings }) => encodings.join(", ") },
];

const groupColumns: readonly Column<ParquetRowGroup>[] = [
  { key: "index", title: "Row group", value: ({ index }) => index },
  {
    key: "rows",
    title: "Rows",
    value: ({ rows }) => rows,
    render: ({ rows }) => rows.toLocaleString("en-US"),
    align: "right",
  },
  {
    key: "size",
    title: "Size",
    value: ({ compressedBytes }) => compressedBytes,
    render: ({ compressedBytes }) => bytesText(compressedBytes),
    align: "right",
  },
  {
    key: "plain",
    title: "Uncompressed",
    value: ({ uncompressedBytes }) => uncompressedBytes,
    render: ({ uncompressedBytes }) => bytesText(uncompressedBytes),
    align: "right",
  },
  { key: "offset", title: "Begins at byte", value: ({ offset }) => offset, align: "right" },
];

function KeyValues({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <Table layout="fixed">
      <Table.Tbody>
        {pairs.map(([key, value]) => (
          <Table.Tr key={key}>
            <Table.Td w={220}>{key}</Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Text size="xs" ff="monospace">
                {value.slice(0, 4_000)}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
