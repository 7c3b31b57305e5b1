import type { Crawler } from "@aws-sdk/client-glue";
import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { CrawlerForm } from "./crawler-form.tsx";
import { targetsText } from "./crawler-input.ts";
import { crawlerPath } from "./places.ts";

const pollMs = 4_000;

export function Crawlers(): ReactNode {
  const [isCreating, create] = useDisclosure(false);
  const crawlers = useAws(
    "glue",
    ["crawlers"],
    (glue) =>
      allPages(async (NextToken) => {
        const output = await glue.getCrawlers({ NextToken });
        return { items: output.Crawlers, next: output.NextToken };
      }),
    { everyMs: pollMs },
  );
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create crawler
    </Button>
  );
  return (
    <>
      <Loaded of={crawlers}>
        {(rows) => (
          <DataTable
            label="crawlers"
            rows={rows}
            columns={columns}
            rowKey={({ Name = "" }) => Name}
            to={({ Name = "" }) => crawlerPath(Name)}
            sort={{ key: "name" }}
            tools={button}
            empty={
              <EmptyState title="There are no crawlers" action={button}>
                A crawler looks into objects, or into databases, and writes tables for what it finds.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CrawlerForm isOpen={isCreating} onClose={create.close} crawler={undefined} />
    </>
  );
}

const columns: readonly Column<Crawler>[] = [
  {
    key: "name",
    title: "Crawler",
    value: ({ Name }) => Name,
    render: ({ Name }) => (
      <Text size="sm" fw={500} truncate>
        {Name}
      </Text>
    ),
  },
  {
    key: "state",
    title: "State",
    value: ({ State }) => State,
    render: ({ State }) => <StatusBadge status={State} />,
    width: "100px",
  },
  { key: "database", title: "Database", value: ({ DatabaseName }) => DatabaseName },
  { key: "targets", title: "Targets", value: ({ Targets }) => targetsText(Targets), width: "1.6fr" },
  {
    key: "schedule",
    title: "Schedule",
    value: ({ Schedule }) => Schedule?.ScheduleExpression ?? "on demand",
    width: "150px",
  },
  {
    key: "last",
    title: "Last crawl",
    value: ({ LastCrawl }) => LastCrawl?.Status,
    render: ({ LastCrawl }) => <StatusBadge status={LastCrawl?.Status} />,
    width: "110px",
  },
  {
    key: "at",
    title: "Started",
    value: ({ LastCrawl }) => LastCrawl?.StartTime?.getTime(),
    render: ({ LastCrawl }) => timeText(LastCrawl?.StartTime),
    width: "160px",
  },
];
