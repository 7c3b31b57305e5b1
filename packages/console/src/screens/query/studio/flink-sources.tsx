import { Loader, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { IconArrowsSplit2, IconTable } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useConsole } from "../../../api/console-context.tsx";
import { useAction, useAws } from "../../../api/queries.ts";
import classes from "../warehouse/schema-tree.module.css";
import { discoverTable } from "./discover-table.ts";
import { flinkName } from "./stream-table.ts";

const maxStreams = 1_000;

/** What streaming SQL can read: a click on a stream writes the CREATE TABLE over it. */
export function FlinkSources({ onInsert }: { readonly onInsert: (text: string) => void }): ReactNode {
  const { session } = useConsole();
  const streams = useStreamNames();
  const tables = useGlueTables();
  const create = useAction(async (stream: string, { clients }) => {
    const table = await discoverTable(await clients.get("kinesis-analytics-v2"), session, stream);
    const name = flinkName(stream);
    // So that it can be changed and run again.
    const dropped = `DROP TEMPORARY TABLE IF EXISTS ${name};\n`;
    const query = `SELECT * FROM ${name};\n`;
    onInsert(`${dropped}${table.statement.replace(/^CREATE TABLE/, "CREATE TEMPORARY TABLE")}${query}`);
  });
  return (
    <ScrollArea h="100%" type="auto">
      <Text size="xs" c="dimmed" fw={600} mb={4}>
        Streams
      </Text>
      {streams.data?.length === 0 && (
        <Text size="xs" c="dimmed">
          There are none yet.
        </Text>
      )}
      {streams.data?.map((name) => (
        <SourceButton
          key={name}
          name={name}
          title="Write a CREATE TABLE over this stream, from what its records look like"
          icon={
            create.isPending && create.variables === name ? (
              <Loader size={13} />
            ) : (
              <IconArrowsSplit2 size={14} stroke={1.6} />
            )
          }
          disabled={create.isPending}
          onClick={() => create.mutate(name)}
        />
      ))}
      <Text size="xs" c="dimmed" fw={600} mt="md" mb={4}>
        Tables of the Data Catalog
      </Text>
      {tables.length === 0 && (
        <Text size="xs" c="dimmed">
          There are none.
        </Text>
      )}
      {tables.map(({ database, name }) => (
        <SourceButton
          key={`${database}.${name}`}
          name={name}
          title="Put the name into the statement"
          icon={<IconTable size={14} stroke={1.6} />}
          type={database}
          onClick={() => onInsert(name)}
        />
      ))}
    </ScrollArea>
  );
}

interface SourceButtonProps {
  readonly name: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** What stands behind the name, dimmed. */
  readonly type?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function SourceButton(props: SourceButtonProps): ReactNode {
  const { name, title, icon, type, disabled = false, onClick } = props;
  return (
    <UnstyledButton
      className={classes["button"] ?? ""}
      w="100%"
      h={26}
      disabled={disabled}
      title={title}
      onClick={onClick}
    >
      {icon}
      <span className={classes["name"]}>{name}</span>
      {type !== undefined && <span className={classes["type"]}>{type}</span>}
    </UnstyledButton>
  );
}

function useStreamNames(): UseQueryResult<readonly string[]> {
  return useAws("kinesis", ["streamNames"], async (kinesis): Promise<readonly string[]> => {
    const names: string[] = [];
    for (;;) {
      const last = names.at(-1);
      const page = await kinesis.listStreams({
        ...(last !== undefined && { ExclusiveStartStreamName: last }),
      });
      names.push(...(page.StreamNames ?? []));
      if (page.HasMoreStreams !== true || names.length >= maxStreams) return names;
    }
  });
}

export interface GlueTable {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly string[];
}

const maxDatabases = 50;

/** Tables of the Glue Data Catalog; none where they may not be read. */
export function useGlueTables(): readonly GlueTable[] {
  const found = useAws("glue", ["allTables"], async (glue): Promise<readonly GlueTable[]> => {
    const { DatabaseList = [] } = await glue.getDatabases({});
    const lists = await Promise.all(
      DatabaseList.slice(0, maxDatabases).map(async ({ Name: database = "" }) => {
        const { TableList = [] } = await glue.getTables({ DatabaseName: database });
        return TableList.map(
          ({ Name = "", StorageDescriptor }): GlueTable => ({
            database,
            name: Name,
            columns: StorageDescriptor?.Columns?.map((column) => column.Name ?? "") ?? [],
          }),
        );
      }),
    );
    return lists.flat();
  });
  return found.data ?? [];
}
