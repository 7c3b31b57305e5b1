import type { TableVersion } from "@aws-sdk/client-glue";
import { Badge, Box, Group, Stack, Table, Text, Timeline } from "@mantine/core";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { changeText, type SchemaChange, schemaChanges } from "./schema-diff.ts";

interface TableVersionsProps {
  readonly database: string;
  readonly table: string;
}

const shownVersions = 200;

/** Each version of a table with what it changed, newest first. */
export function TableVersions({ database, table }: TableVersionsProps): ReactNode {
  const versions = useAws("glue", ["versions", database, table], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.getTableVersions({ DatabaseName: database, TableName: table, NextToken });
      return { items: output.TableVersions, next: output.NextToken };
    }),
  );
  return (
    <Loaded of={versions}>
      {(data) => {
        const sorted = [...data].sort((a, b) => Number(b.VersionId) - Number(a.VersionId));
        if (sorted.length === 0) return <EmptyState title="There are no versions" />;
        return (
          <Timeline bulletSize={14} lineWidth={2} py="xs" pl={10}>
            {sorted.slice(0, shownVersions).map((version, i) => (
              <Timeline.Item
                key={version.VersionId}
                title={<VersionTitle version={version} isCurrent={i === 0} />}
              >
                <VersionChanges version={version} before={sorted[i + 1]} />
              </Timeline.Item>
            ))}
          </Timeline>
        );
      }}
    </Loaded>
  );
}

interface VersionTitleProps {
  readonly version: TableVersion;
  readonly isCurrent: boolean;
}

function VersionTitle({ version, isCurrent }: VersionTitleProps): ReactNode {
  const { Table: table, VersionId } = version;
  const crawler = table?.Parameters?.["UPDATED_BY_CRAWLER"];
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        Version {VersionId}
      </Text>
      {isCurrent && (
        <Badge size="sm" variant="light" color="teal">
          current
        </Badge>
      )}
      <Text size="xs" c="dimmed">
        {timeText(table?.UpdateTime)}
        {crawler !== undefined && `, by the crawler ${crawler}`}
      </Text>
    </Group>
  );
}

interface VersionChangesProps {
  readonly version: TableVersion;
  readonly before: TableVersion | undefined;
}

function VersionChanges({ version, before }: VersionChangesProps): ReactNode {
  const columns = version.Table?.StorageDescriptor?.Columns?.length ?? 0;
  if (before?.Table === undefined || version.Table === undefined)
    return (
      <Text size="sm" c="dimmed">
        The oldest that is kept, with {columns} columns
      </Text>
    );
  const changes = schemaChanges(before.Table, version.Table);
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {changeText(changes)}
      </Text>
      <ChangeTable changes={changes} />
    </Stack>
  );
}

const colors = { added: "teal", removed: "red", changed: "yellow" } as const;

/** Before and after, side by side. */
export function ChangeTable({ changes }: { readonly changes: readonly SchemaChange[] }): ReactNode {
  if (changes.length === 0) return undefined;
  return (
    <Box maw={980} style={{ overflowX: "auto" }}>
      <Table verticalSpacing={3} withTableBorder layout="fixed">
        <Table.Tbody>
          {changes.map(({ kind, what, before, after }) => (
            <Table.Tr key={`${kind} ${what}`}>
              <Table.Td w={90}>
                <Badge size="xs" variant="light" color={colors[kind]}>
                  {kind}
                </Badge>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
              <Table.Td>
                <Text
                  size="xs"
                  ff="monospace"
                  c="dimmed"
                  td={after === undefined ? "line-through" : ""}
                  truncate
                >
                  {before ?? ""}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="xs" ff="monospace" truncate>
                  {after ?? ""}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
