import type { StreamDescriptionSummary, StreamSummary } from "@aws-sdk/client-kinesis";
import { Button, Text } from "@mantine/core";
import { IconLock, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { describedAll } from "../../api/described.ts";
import { useAws } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, durationText, rateText, timeText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { useCreating } from "../../ui/use-creating.ts";
import { CreateStream } from "./create-stream.tsx";
import { useStreamUse } from "./stream-data.ts";

const msInHour = 3_600_000;

interface Row extends StreamSummary {
  readonly name: string;
  readonly description: StreamDescriptionSummary | undefined;
}

export function StreamList(): ReactNode {
  const [isCreating, setCreating] = useCreating();
  const streams = useAws("kinesis", ["streams"], readStreams, { everyMs: 5_000 });
  return (
    <Page
      title="Streams"
      lead="Kinesis data streams: records in order, kept until they expire"
      fills
      actions={
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          Create stream
        </Button>
      }
    >
      <Loaded of={streams}>
        {(rows) => (
          <DataTable
            label="streams"
            rows={rows}
            columns={columns}
            rowKey={({ name }) => name}
            to={({ name }) => `/streams/${encodeURIComponent(name)}`}
            sort={{ key: "name" }}
            empty={
              <EmptyState
                title="No streams in this account and region"
                command="aws kinesis create-stream --stream-name clicks --shard-count 2"
                action={<Button onClick={() => setCreating(true)}>Create stream</Button>}
              >
                A stream takes records from any number of producers and gives them to any number of consumers.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateStream isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", value: ({ name }) => name },
  {
    key: "status",
    title: "Status",
    width: "100px",
    value: ({ StreamStatus }) => StreamStatus,
    render: ({ StreamStatus }) => <StatusBadge status={StreamStatus} />,
  },
  {
    key: "mode",
    title: "Mode",
    width: "100px",
    fromWidth: 800,
    value: ({ StreamModeDetails }) => modeText(StreamModeDetails?.StreamMode),
  },
  {
    key: "shards",
    title: "Shards",
    width: "60px",
    align: "right",
    value: ({ description }) => description?.OpenShardCount,
  },
  {
    key: "in",
    title: "In",
    width: "150px",
    align: "right",
    value: () => undefined,
    render: ({ name }) => <RateCell name={name} direction="in" />,
  },
  {
    key: "out",
    title: "Out",
    width: "150px",
    align: "right",
    value: () => undefined,
    render: ({ name }) => <RateCell name={name} direction="out" />,
  },
  {
    key: "consumers",
    title: "Fan-out",
    width: "70px",
    fromWidth: 900,
    align: "right",
    value: ({ description }) => description?.ConsumerCount,
  },
  {
    key: "retention",
    title: "Retention",
    width: "80px",
    fromWidth: 700,
    align: "right",
    value: ({ description }) => description?.RetentionPeriodHours,
    render: ({ description }) =>
      description?.RetentionPeriodHours && durationText(description.RetentionPeriodHours * msInHour),
  },
  {
    key: "encryption",
    title: "KMS",
    width: "40px",
    fromWidth: 900,
    value: ({ description }) => description?.EncryptionType,
    render: ({ description }) =>
      description?.EncryptionType === "KMS" && <IconLock size={14} aria-label="Encrypted" />,
  },
  {
    key: "created",
    title: "Created",
    width: "150px",
    fromWidth: 1000,
    value: ({ StreamCreationTimestamp }) => StreamCreationTimestamp?.getTime(),
    render: ({ StreamCreationTimestamp }) => timeText(StreamCreationTimestamp),
  },
];

/** Read for the rows that are in sight. */
function RateCell({
  name,
  direction,
}: {
  readonly name: string;
  readonly direction: "in" | "out";
}): ReactNode {
  const { data } = useStreamUse(name);
  if (data === undefined) return undefined;
  let [records, bytes] = [0, 0];
  for (const shard of data.shards) {
    records += shard[direction].recordsPerSecond;
    bytes += shard[direction].bytesPerSecond;
  }
  if (records === 0)
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    );
  return `${rateText(records)}/s · ${bytesText(bytes)}/s`;
}

export function modeText(mode: string | undefined): string {
  return mode === "ON_DEMAND" ? "on-demand" : "provisioned";
}

async function readStreams(kinesis: ServiceClients["kinesis"]): Promise<readonly Row[]> {
  const summaries = await allPages(async (NextToken) => {
    const output = await kinesis.listStreams({ NextToken });
    return { items: output.StreamSummaries, next: output.NextToken };
  });
  const described = await describedAll(
    summaries,
    async ({ StreamName }) => (await kinesis.describeStreamSummary({ StreamName })).StreamDescriptionSummary,
  );
  return described.map(({ item, description }) => ({ ...item, name: item.StreamName ?? "", description }));
}
