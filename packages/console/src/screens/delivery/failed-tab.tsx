import type { DestinationDescription } from "@aws-sdk/client-firehose";
import { Badge, Drawer, Group, Stack, Text } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useAws } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { CodeText } from "../../ui/code-panel.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { FactTable } from "../../ui/facts.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { type Codecs, loadCodecs } from "../streams/decode/codecs.ts";
import { prettyText, readPayload } from "../streams/decode/payload.ts";
import { labelOf } from "./configuration-sections.ts";
import { type ObjectPlaces, objectPlaces } from "./delivery-data.ts";
import { type FailedRecord, failedRecords, isErrorObject } from "./failed-records.ts";
import { newestObjects } from "./objects-tab.tsx";

/** The newest objects of the error output are read, each up to this size. */
const maxObjects = 20;
const maxObjectBytes = 1024 * 1024;
const everyMs = 5_000;
const previewLength = 200;

export interface FailedTabProps {
  readonly name: string;
  readonly destination: DestinationDescription | undefined;
}

interface Row extends FailedRecord {
  readonly codecs: Codecs;
}

/** Records that went to the error output, decoded, with the reasons. */
export function FailedTab({ destination }: FailedTabProps): ReactNode {
  const places = objectPlaces(destination);
  const records = useAws("s3", ["failed records", places], (s3) => readFailed(s3, places), { everyMs });
  const codecs: UseQueryResult<Codecs, Error> = useQuery({
    queryKey: ["codecs"],
    queryFn: loadCodecs,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [search, setSearch] = useSearchParams();
  const id = search.get("record") ?? undefined;
  return (
    <Loaded of={codecs}>
      {(loaded) => (
        <Loaded of={records}>
          {(all) => (
            <>
              <DataTable
                label="failed records"
                rows={all.map((record) => ({ ...record, codecs: loaded }))}
                columns={columns}
                rowKey={(row) => row.id}
                onOpen={(row) => setSearch({ record: row.id })}
                {...(id !== undefined && { selected: id })}
                empty={
                  <EmptyState title="No failed records">
                    What cannot be processed, converted or delivered is written to the error output and shown
                    here
                    {places !== undefined && `: s3://${places.bucket}/${places.errorPrefix}`}
                  </EmptyState>
                }
              />
              <FailedDrawer
                record={all.find((record) => record.id === id)}
                codecs={loaded}
                onClose={() => setSearch({}, { replace: true })}
              />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

const columns: readonly Column<Row>[] = [
  {
    key: "at",
    title: "Failed",
    width: "160px",
    value: ({ failedMs, arrivalMs }) => failedMs ?? arrivalMs,
    render: ({ failedMs, arrivalMs }) => timeText(failedMs ?? arrivalMs),
  },
  {
    key: "code",
    title: "Code",
    width: "250px",
    value: ({ code }) => code,
    render: ({ code }) => (
      <Badge size="sm" variant="light" color="red" tt="none">
        {code}
      </Badge>
    ),
  },
  { key: "message", title: "Message", value: ({ message }) => message },
  {
    key: "data",
    title: "Data",
    monospace: true,
    fromWidth: 800,
    value: ({ data, codecs }) => readPayload(data, "auto", codecs).text.slice(0, previewLength),
  },
];

interface FailedDrawerProps {
  readonly record: FailedRecord | undefined;
  readonly codecs: Codecs;
  readonly onClose: () => void;
}

function FailedDrawer({ record, codecs, onClose }: FailedDrawerProps): ReactNode {
  return (
    <Drawer opened={record !== undefined} onClose={onClose} position="right" size="lg" title="Failed record">
      {record !== undefined && <FailedDetails record={record} codecs={codecs} />}
    </Drawer>
  );
}

function FailedDetails({
  record,
  codecs,
}: {
  readonly record: FailedRecord;
  readonly codecs: Codecs;
}): ReactNode {
  const payload = readPayload(record.data, "auto", codecs);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Code", record.code],
    ["Message", record.message],
    ["Attempts", record.attempts === undefined ? undefined : `${record.attempts}`],
    ["Arrived", record.arrivalMs === undefined ? undefined : timeText(record.arrivalMs)],
    ["Failed", record.failedMs === undefined ? undefined : timeText(record.failedMs)],
    ...Object.entries(record.details).map(([key, value]) => [labelOf(key), detailText(value)] as const),
    ["Object", record.object],
  ];
  return (
    <Stack gap="sm">
      <FactTable items={facts} nameWidth={150} size="xs" />
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          Raw data
        </Text>
        <Text size="xs" c="dimmed">
          {payload.steps.join(", ")}
        </Text>
      </Group>
      <CodeText text={prettyText(payload)} />
    </Stack>
  );
}

function detailText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function readFailed(
  s3: ServiceClients["s3"],
  places: ObjectPlaces | undefined,
): Promise<readonly FailedRecord[]> {
  if (places === undefined) return [];
  const { bucket, errorPrefix, isMixed } = places;
  const { objects } = await newestObjects(s3, bucket, errorPrefix);
  const failed = objects.filter(({ Key = "" }) => !isMixed || isErrorObject(Key)).slice(0, maxObjects);
  const texts = await Promise.all(
    failed.map(async ({ Key = "", Size = 0 }) => {
      if (Size === 0) return [];
      const last = Math.min(Size, maxObjectBytes) - 1;
      const { Body } = await s3.getObject({ Bucket: bucket, Key, Range: `bytes=0-${last}` });
      return failedRecords(Key, (await Body?.transformToString()) ?? "");
    }),
  );
  return texts.flat();
}
