import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { describedAll } from "../../api/described.ts";
import { useAws } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, countText, rateText, timeText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { useCreating } from "../../ui/use-creating.ts";
import { CreateDelivery } from "./create-delivery.tsx";
import { allDeliveryNames, destinationFacts, sourceStream, useDeliveryUse } from "./delivery-data.ts";

interface Row {
  readonly name: string;
  readonly description: DeliveryStreamDescription | undefined;
}

export function DeliveryList(): ReactNode {
  const [isCreating, setCreating] = useCreating();
  const deliveries = useAws("firehose", ["deliveries"], readDeliveries, { everyMs: 5_000 });
  return (
    <Page
      title="Delivery streams"
      lead="Data Firehose: records are buffered by size and time, then delivered"
      fills
      actions={
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          Create delivery stream
        </Button>
      }
    >
      <Loaded of={deliveries}>
        {(rows) => (
          <DataTable
            label="delivery streams"
            rows={rows}
            columns={columns}
            rowKey={({ name }) => name}
            to={({ name }) => `/delivery/${encodeURIComponent(name)}`}
            sort={{ key: "name" }}
            empty={
              <EmptyState
                title="No delivery streams in this account and region"
                command={
                  "aws firehose create-delivery-stream --delivery-stream-name clicks --extended-s3-destination-configuration " +
                  "'RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake,Prefix=clicks/'"
                }
                action={<Button onClick={() => setCreating(true)}>Create delivery stream</Button>}
              >
                A delivery stream takes records by puts or from a data stream, and writes them to S3,
                Redshift, OpenSearch, Splunk or an HTTP endpoint.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateDelivery isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", value: ({ name }) => name },
  {
    key: "status",
    title: "Status",
    width: "100px",
    value: ({ description }) => description?.DeliveryStreamStatus,
    render: ({ description }) => <StatusBadge status={description?.DeliveryStreamStatus} />,
  },
  {
    key: "source",
    title: "From",
    value: ({ description }) => sourceStream(description) ?? "direct put",
  },
  {
    key: "kind",
    title: "To",
    width: "110px",
    value: ({ description }) => destinationFacts(description?.Destinations?.[0]).kind,
  },
  {
    key: "target",
    title: "Destination",
    fromWidth: 800,
    width: "2fr",
    value: ({ description }) => destinationFacts(description?.Destinations?.[0]).target,
  },
  {
    key: "in",
    title: "In",
    width: "130px",
    align: "right",
    fromWidth: 700,
    value: () => undefined,
    render: ({ name }) => <InCell name={name} />,
  },
  {
    key: "backlog",
    title: "Waiting",
    width: "130px",
    align: "right",
    value: () => undefined,
    render: ({ name }) => <BacklogCell name={name} />,
  },
  {
    key: "created",
    title: "Created",
    width: "150px",
    fromWidth: 1000,
    value: ({ description }) => description?.CreateTimestamp?.getTime(),
    render: ({ description }) => timeText(description?.CreateTimestamp),
  },
];

/** Read for the rows that are in sight, as is what waits. */
function InCell({ name }: { readonly name: string }): ReactNode {
  const { data } = useDeliveryUse(name);
  if (data === undefined) return undefined;
  return data.in.recordsPerSecond === 0 ? <Nothing /> : `${rateText(data.in.recordsPerSecond)}/s`;
}

function BacklogCell({ name }: { readonly name: string }): ReactNode {
  const { data } = useDeliveryUse(name);
  if (data?.backlog === undefined) return undefined;
  const { records, bytes } = data.backlog;
  return records === 0 ? <Nothing /> : `${countText(records)} · ${bytesText(bytes)}`;
}

function Nothing(): ReactNode {
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}

async function readDeliveries(firehose: ServiceClients["firehose"]): Promise<readonly Row[]> {
  const described = await describedAll(
    await allDeliveryNames(firehose),
    async (name) =>
      (await firehose.describeDeliveryStream({ DeliveryStreamName: name })).DeliveryStreamDescription,
  );
  return described.map(({ item, description }) => ({ name: item, description }));
}
