import { Badge, Drawer, Group, type MantineColor, SegmentedControl, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CodeText } from "../../ui/code-panel.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import { useSearchValue } from "../../ui/use-search-value.ts";
import { FeedTools } from "../requests/feed-tools.tsx";
import { clockText } from "../requests/request-columns.tsx";
import { useFeed } from "../requests/use-feed.ts";

/** One item of `GET /_millrace/logs`. */
interface LogItem {
  readonly n: number;
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const levels = ["debug", "info", "warn", "error"] as const;
const colors: Readonly<Record<string, MantineColor>> = {
  debug: "gray",
  info: "blue",
  warn: "yellow",
  error: "red",
};

const fieldsText = ({ fields }: LogItem): string =>
  Object.entries(fields)
    // It tells least of all, and is long.
    .sort(([a], [b]) => Number(a === "requestId") - Number(b === "requestId"))
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("  ");

const columns: readonly Column<LogItem>[] = [
  {
    ...{ key: "at", title: "Time", width: "104px", monospace: true },
    value: ({ n }) => n,
    render: ({ at }) => clockText(at),
  },
  {
    ...{ key: "level", title: "Level", width: "76px" },
    value: ({ level }) => level,
    render: ({ level }) => (
      <Badge size="sm" variant="light" color={colors[level] ?? "gray"}>
        {level}
      </Badge>
    ),
  },
  { key: "message", title: "Message", width: "1fr", value: ({ message }) => message },
  { key: "fields", title: "Fields", width: "1.6fr", monospace: true, fromWidth: 800, value: fieldsText },
];

/** The newest lines of the log, as they are written. */
export function LogsTab(): ReactNode {
  const [search, set] = useSearchValue();
  const level = levels.find((known) => known === search.get("level")) ?? "debug";
  const feed = useFeed<LogItem>("logs", { level });
  const opened = search.get("line");
  const item = opened === null ? undefined : feed.items.find(({ n }) => `${n}` === opened);
  return (
    <>
      {feed.error !== undefined && <ErrorAlert error={feed.error} />}
      <DataTable
        label="lines"
        rows={feed.items}
        columns={columns}
        rowKey={({ n }) => `${n}`}
        rowHeight={30}
        onOpen={({ n }) => set("line", `${n}`)}
        tools={
          <Group gap="sm" wrap="nowrap">
            <SegmentedControl
              size="xs"
              aria-label="Level"
              data={levels.map((value) => ({ value, label: value === "debug" ? "All" : value }))}
              value={level}
              onChange={(value) => set("level", value === "debug" ? "" : value)}
            />
            <FeedTools feed={feed} />
          </Group>
        }
        {...(opened !== null && { selected: opened })}
        {...(level === "debug" && { empty: <NoLines /> })}
      />
      <Drawer
        opened={item !== undefined}
        onClose={() => set("line", "")}
        position="right"
        size="lg"
        title={item === undefined ? "" : `${timeText(item.at)} · ${item.level}`}
      >
        {item !== undefined && (
          <Stack>
            <Text style={{ overflowWrap: "anywhere" }}>{item.message}</Text>
            <CodeText text={JSON.stringify(item.fields, undefined, 2)} />
          </Stack>
        )}
      </Drawer>
    </>
  );
}

function NoLines(): ReactNode {
  return (
    <EmptyState title="Nothing was logged">
      Lines come as they are written to standard error. With --log-level info there is one for each request.
    </EmptyState>
  );
}
