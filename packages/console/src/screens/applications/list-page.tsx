import type {
  ApplicationDetail,
  ApplicationSummary,
  KinesisAnalyticsV2,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { describedAll } from "../../api/described.ts";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

const pollMs = 4_000;

interface ListedApplication extends ApplicationSummary {
  readonly parallelism?: number;
  readonly kpus?: number;
  readonly description?: string;
}

const columns: readonly Column<ListedApplication>[] = [
  { key: "name", title: "Name", width: "2fr", value: ({ ApplicationName }) => ApplicationName },
  {
    key: "status",
    title: "Status",
    width: "130px",
    value: ({ ApplicationStatus }) => ApplicationStatus,
    render: ({ ApplicationStatus }) => <StatusBadge status={ApplicationStatus} />,
  },
  { key: "runtime", title: "Runtime", width: "170px", value: ({ RuntimeEnvironment }) => RuntimeEnvironment },
  {
    key: "mode",
    title: "Mode",
    fromWidth: 900,
    width: "120px",
    value: ({ ApplicationMode }) => ApplicationMode,
  },
  {
    key: "parallelism",
    title: "Parallelism",
    width: "100px",
    align: "right",
    value: ({ parallelism }) => parallelism,
  },
  { key: "kpus", title: "KPU", width: "70px", align: "right", value: ({ kpus }) => kpus },
  {
    key: "version",
    title: "Version",
    fromWidth: 700,
    width: "80px",
    align: "right",
    value: ({ ApplicationVersionId }) => ApplicationVersionId,
  },
  {
    key: "description",
    title: "Description",
    fromWidth: 900,
    width: "2fr",
    value: ({ description }) => description,
  },
];

/** All streaming applications of the account and region. */
export function ListPage(): ReactNode {
  const found = useAws("kinesis-analytics-v2", ["applications"], listed, { everyMs: pollMs });
  return (
    <Page
      title="Applications"
      lead="Managed Service for Apache Flink: streaming SQL that runs until you stop it"
      fills
      actions={
        <Button size="xs" component={Link} to="/applications/+new" leftSection={<IconPlus size={15} />}>
          Create
        </Button>
      }
    >
      <Loaded of={found}>
        {(applications) => (
          <DataTable
            label="applications"
            rows={applications}
            columns={columns}
            rowKey={({ ApplicationName }) => ApplicationName ?? ""}
            to={({ ApplicationName }) => `/applications/${encodeURIComponent(ApplicationName ?? "")}`}
            sort={{ key: "name" }}
            empty={
              <EmptyState
                title="There are no applications yet"
                action={
                  <Button component={Link} to="/applications/+new">
                    Create one from a stream
                  </Button>
                }
              >
                An application reads streams, computes with Flink SQL, and writes what comes out to a stream,
                files in S3, or a warehouse.
              </EmptyState>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

async function listed(client: KinesisAnalyticsV2): Promise<readonly ListedApplication[]> {
  const summaries = await allPages(async (NextToken) => {
    const output = await client.listApplications({ NextToken });
    return { items: output.ApplicationSummaries, next: output.NextToken };
  });
  const described = await describedAll(
    summaries,
    async ({ ApplicationName }) => (await client.describeApplication({ ApplicationName })).ApplicationDetail,
  );
  return described.map(({ item, description }) => ({ ...item, ...figuresOf(description) }));
}

function figuresOf(detail: ApplicationDetail | undefined): Partial<ListedApplication> {
  const found =
    detail?.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription
      ?.ParallelismConfigurationDescription;
  const description = detail?.ApplicationDescription;
  const parallelism = found?.CurrentParallelism;
  const kpus =
    parallelism === undefined ? undefined : Math.ceil(parallelism / (found?.ParallelismPerKPU ?? 1));
  return {
    ...(parallelism !== undefined && { parallelism }),
    ...(kpus !== undefined && { kpus }),
    ...(description !== undefined && { description }),
  };
}
