import type { Crawler, CrawlerHistory } from "@aws-sdk/client-glue";
import { Anchor, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { durationText, timeText } from "../../ui/format.ts";
import { LineList } from "../../ui/preview/line-list.tsx";
import { EmptyState, ErrorAlert, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { crawlChanges, crawlText } from "./crawl-summary.ts";
import { tablePath } from "./places.ts";
import { changeText, schemaChanges } from "./schema-diff.ts";
import { formatOf } from "./table-formats.ts";
import { ChangeTable } from "./table-versions.tsx";

const pollMs = 2_000;
const shownRuns = 100;

/** Runs of a crawler, newest first; each opens with what was inferred. */
export function CrawlRuns({ crawler }: { readonly crawler: Crawler }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const name = crawler.Name ?? "";
  const runs = useAws(
    "glue",
    ["crawls", name],
    async (glue) => (await glue.listCrawls({ CrawlerName: name, MaxResults: shownRuns })).Crawls ?? [],
    { everyMs: pollMs },
  );
  const open = (id: string | undefined): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (id === undefined) next.delete("run");
      else next.set("run", id);
      return next;
    });
  const id = search.get("run");
  const current = runs.data?.find(({ CrawlId }) => CrawlId === id);
  return (
    <>
      <Loaded of={runs}>
        {(rows) => (
          <DataTable
            label="runs"
            withoutFilter
            rows={rows}
            columns={columns}
            rowKey={({ CrawlId = "" }) => CrawlId}
            onOpen={({ CrawlId }) => open(CrawlId)}
            empty={<EmptyState title="It has not run yet" />}
          />
        )}
      </Loaded>
      <Drawer
        opened={current !== undefined}
        onClose={() => open(undefined)}
        position="right"
        size="xl"
        title={`Run of ${timeText(current?.StartTime)}`}
      >
        {current !== undefined && <RunDetails database={crawler.DatabaseName ?? ""} run={current} />}
      </Drawer>
    </>
  );
}

const columns: readonly Column<CrawlerHistory>[] = [
  {
    key: "start",
    title: "Started",
    value: ({ StartTime }) => StartTime?.getTime(),
    render: ({ StartTime }) => timeText(StartTime),
    width: "170px",
  },
  {
    key: "state",
    title: "State",
    value: ({ State }) => State,
    render: ({ State }) => <StatusBadge status={State} />,
    width: "110px",
  },
  {
    key: "took",
    title: "Took",
    value: (run) => tookMs(run),
    render: (run) => {
      const ms = tookMs(run);
      return ms === undefined ? "" : durationText(ms);
    },
    width: "80px",
    align: "right",
  },
  {
    key: "changes",
    title: "What it changed",
    value: ({ Summary, State }) => (State === "RUNNING" ? "" : crawlText(crawlChanges(Summary))),
    width: "2fr",
  },
  { key: "error", title: "Error", value: ({ ErrorMessage }) => ErrorMessage },
];

function tookMs({ StartTime, EndTime }: CrawlerHistory): number | undefined {
  return StartTime === undefined || EndTime === undefined
    ? undefined
    : EndTime.getTime() - StartTime.getTime();
}

interface RunDetailsProps {
  readonly database: string;
  readonly run: CrawlerHistory;
}

function RunDetails({ database, run }: RunDetailsProps): ReactNode {
  const changes = crawlChanges(run.Summary);
  const tables = changes.filter(({ entity }) => entity === "TABLE");
  const others = changes.filter(({ entity }) => entity !== "TABLE");
  return (
    <Stack>
      <Text size="sm">{crawlText(changes)}</Text>
      {run.ErrorMessage !== undefined && <Text c="red">{run.ErrorMessage}</Text>}
      {tables.map(({ action, names }) =>
        names.map((name) =>
          action === "DELETE" ? (
            <Text key={`${action} ${name}`} size="sm">
              {name} was deleted.
            </Text>
          ) : (
            <InferredTable key={`${action} ${name}`} database={database} table={name} />
          ),
        ),
      )}
      {others.map((change) => (
        <Stack key={`${change.entity} ${change.action}`} gap={4}>
          <Title order={3} size="h6">
            {crawlText([change])}
          </Title>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {change.names.join(", ")}
          </Text>
        </Stack>
      ))}
      <CrawlLog run={run} />
    </Stack>
  );
}

interface InferredTableProps {
  readonly database: string;
  readonly table: string;
}

/** What a crawl made of the data: format, columns, and what is different from the version before. */
function InferredTable({ database, table }: InferredTableProps): ReactNode {
  const versions = useAws("glue", ["versions", database, table, "newest"], async (glue) => {
    const { TableVersions = [] } = await glue.getTableVersions({
      DatabaseName: database,
      TableName: table,
      MaxResults: 100,
    });
    return [...TableVersions].sort((a, b) => Number(b.VersionId) - Number(a.VersionId));
  });
  if (versions.error !== null) return <ErrorAlert error={versions.error} />;
  const [newest, before] = versions.data ?? [];
  const now = newest?.Table;
  if (now === undefined) return undefined;
  const changes = before?.Table === undefined ? undefined : schemaChanges(before.Table, now);
  const count = (now.StorageDescriptor?.Columns?.length ?? 0) + (now.PartitionKeys?.length ?? 0);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Anchor component={Link} to={tablePath(database, table)} fw={600} size="sm">
          {table}
        </Anchor>
        <Text size="xs" c="dimmed">
          {formatOf(now)}, {count} columns
          {(now.PartitionKeys?.length ?? 0) > 0 &&
            `, partitioned by ${now.PartitionKeys?.map(({ Name }) => Name).join(", ")}`}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {changes === undefined
          ? "There is no version before it."
          : `Version ${newest?.VersionId} against ${before?.VersionId}: ${changeText(changes)}`}
      </Text>
      {changes !== undefined && <ChangeTable changes={changes} />}
    </Stack>
  );
}

const logLines = 1_000;

function CrawlLog({ run }: { readonly run: CrawlerHistory }): ReactNode {
  const { LogGroup = "", LogStream = "", MessagePrefix = "" } = run;
  const log = useAws(
    "logs",
    ["crawl", LogGroup, LogStream, MessagePrefix],
    async (logs) => {
      const { events = [] } = await logs.filterLogEvents({
        logGroupName: LogGroup,
        logStreamNames: [LogStream],
        filterPattern: `"${MessagePrefix}"`,
        limit: logLines,
      });
      return events.map(({ message = "" }) => message.replace(`[${MessagePrefix}] `, ""));
    },
    { enabled: LogGroup !== "" },
  );
  return (
    <Stack gap={4}>
      <Title order={3} size="h6">
        Log
      </Title>
      {log.error !== null && <ErrorAlert error={log.error} />}
      {log.data !== undefined && (
        <Group h={280} align="stretch">
          <LineList label="Log" lines={log.data} />
        </Group>
      )}
    </Stack>
  );
}
