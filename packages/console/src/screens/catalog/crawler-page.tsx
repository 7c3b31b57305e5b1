import type { Crawler } from "@aws-sdk/client-glue";
import { Anchor, Button, Group, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { Facts } from "../../ui/facts.tsx";
import { durationText, timeText } from "../../ui/format.ts";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { CrawlRuns } from "./crawl-runs.tsx";
import { CrawlerForm } from "./crawler-form.tsx";
import { targetsText } from "./crawler-input.ts";
import { databasePath } from "./places.ts";

const pollMs = 2_000;

export function CrawlerPage(): ReactNode {
  const { crawler: name = "" } = useParams();
  const crawler = useAws(
    "glue",
    ["crawler", name],
    async (glue) => (await glue.getCrawler({ Name: name })).Crawler ?? { Name: name },
    { everyMs: pollMs },
  );
  return (
    <Page
      title={name}
      badge={<StatusBadge status={crawler.data?.State} />}
      lead={targetsText(crawler.data?.Targets)}
      crumbs={[
        { label: "Catalog", to: "/catalog" },
        { label: "Crawlers", to: "/catalog?tab=crawlers" },
      ]}
      fills
      actions={crawler.data !== undefined && <CrawlerActions crawler={crawler.data} />}
    >
      <Loaded of={crawler}>
        {(data) => (
          <PageTabs
            tabs={[
              { value: "runs", label: "Runs", content: () => <CrawlRuns crawler={data} /> },
              { value: "definition", label: "Definition", content: () => <Definition crawler={data} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function CrawlerActions({ crawler }: { readonly crawler: Crawler }): ReactNode {
  const { Name = "", State, Schedule } = crawler;
  const navigate = useNavigate();
  const [isEditing, edit] = useDisclosure(false);
  const start = useAwsAction("glue", (glue, name: string) => glue.startCrawler({ Name: name }));
  const stop = useAwsAction("glue", (glue, name: string) => glue.stopCrawler({ Name: name }));
  const schedule = useAwsAction("glue", (glue, isOn: boolean) =>
    isOn ? glue.startCrawlerSchedule({ CrawlerName: Name }) : glue.stopCrawlerSchedule({ CrawlerName: Name }),
  );
  const remove = useAwsAction("glue", (glue, name: string) => glue.deleteCrawler({ Name: name }), {
    done: (_output, name) => `${name} was deleted.`,
  });
  const isScheduled = Schedule?.State === "SCHEDULED";
  return (
    <Group gap="xs" wrap="nowrap">
      {State === "READY" ? (
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={14} />}
          loading={start.isPending}
          onClick={() => start.mutate(Name)}
        >
          Run
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          disabled={State === "STOPPING"}
          loading={stop.isPending}
          onClick={() => stop.mutate(Name)}
        >
          Stop
        </Button>
      )}
      <MoreMenu>
        <Menu.Item onClick={edit.open}>Change</Menu.Item>
        {Schedule?.ScheduleExpression !== undefined && (
          <Menu.Item onClick={() => schedule.mutate(!isScheduled)}>
            {isScheduled ? "Pause its schedule" : "Go on by its schedule"}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          onClick={() =>
            confirm({
              title: "Delete the crawler",
              message: "The tables that it has made stay.",
              action: "Delete",
              onConfirm: () =>
                remove.mutate(Name, { onSuccess: () => void navigate("/catalog?tab=crawlers") }),
            })
          }
        >
          Delete
        </Menu.Item>
      </MoreMenu>
      <CrawlerForm isOpen={isEditing} onClose={edit.close} crawler={crawler} />
    </Group>
  );
}

function Definition({ crawler }: { readonly crawler: Crawler }): ReactNode {
  const { Name = "", DatabaseName = "", SchemaChangePolicy, RecrawlPolicy, Schedule, Classifiers } = crawler;
  const metrics = useAws("glue", ["crawler-metrics", Name], async (glue) => {
    const { CrawlerMetricsList } = await glue.getCrawlerMetrics({ CrawlerNameList: [Name] });
    return CrawlerMetricsList?.[0];
  });
  const secondsText = (seconds: number | undefined): string | undefined =>
    seconds === undefined ? undefined : durationText(seconds * 1_000);
  return (
    <Facts
      items={[
        ["Targets", targetsText(crawler.Targets)],
        [
          "Database",
          <Anchor key="database" component={Link} to={databasePath(DatabaseName)} size="sm">
            {DatabaseName}
          </Anchor>,
        ],
        ["Role", crawler.Role],
        [
          "Schedule",
          Schedule?.ScheduleExpression === undefined
            ? "on demand"
            : `${Schedule.ScheduleExpression} (${Schedule.State})`,
        ],
        ["Prefix of tables", crawler.TablePrefix],
        ["Changed data", SchemaChangePolicy?.UpdateBehavior],
        ["Deleted data", SchemaChangePolicy?.DeleteBehavior],
        ["Looks at", RecrawlPolicy?.RecrawlBehavior],
        ["Own classifiers", Classifiers?.join(", ")],
        ["Configuration", crawler.Configuration],
        ["Created", timeText(crawler.CreationTime)],
        ["Changed", timeText(crawler.LastUpdated)],
        ["Last run took", secondsText(metrics.data?.LastRuntimeSeconds)],
        ["A run takes (median)", secondsText(metrics.data?.MedianRuntimeSeconds)],
        ["Tables made, all runs", metrics.data?.TablesCreated],
        ["Tables updated, all runs", metrics.data?.TablesUpdated],
        ["Tables deleted, all runs", metrics.data?.TablesDeleted],
      ]}
    />
  );
}
