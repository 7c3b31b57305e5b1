import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Anchor, SegmentedControl, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { useAws } from "../../../api/queries.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { bytesText, timeText } from "../../../ui/format.ts";
import { EmptyState, ErrorAlert, Loaded } from "../../../ui/states.tsx";
import { type Sink, sinksOf } from "../code/sinks.ts";
import { isPrinted, type LogLine } from "../job/job-status.ts";
import { programOf } from "../use-application.ts";
import { type TailRecord, useStreamTail } from "./use-stream-tail.ts";

const maxObjects = 1_000;

/** What comes out of an application, as it can be seen where it goes. */
export function OutputTab({
  detail,
  log,
}: {
  readonly detail: ApplicationDetail;
  readonly log: readonly LogLine[];
}): ReactNode {
  const [params, setParams] = useSearchParams();
  const sinks = outputsOf(detail);
  const wanted = params.get("table");
  const sink = sinks.find(({ table }) => table === wanted) ?? sinks[0];
  if (sink === undefined)
    return (
      <EmptyState title="The program writes nothing that could be shown">
        What it inserts into is read from its text. An archive, an object in S3, or notes have none here.
      </EmptyState>
    );
  return (
    <>
      {sinks.length > 1 && (
        <SegmentedControl
          size="xs"
          mb="sm"
          aria-label="Output"
          style={{ alignSelf: "flex-start" }}
          data={sinks.map(({ table }) => table)}
          value={sink.table}
          onChange={(table) => setParams({ table }, { replace: true })}
        />
      )}
      <Output key={sink.table} sink={sink} log={log} />
    </>
  );
}

/** Of SQL-1_0 the outputs are configured, not written in the program. */
function outputsOf(detail: ApplicationDetail): readonly Sink[] {
  const outputs =
    detail.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription?.OutputDescriptions;
  if (outputs === undefined) return sinksOf(programOf(detail) ?? "");
  return outputs.map((output): Sink => {
    const stream = output.KinesisStreamsOutputDescription?.ResourceARN;
    const arn = stream ?? output.KinesisFirehoseOutputDescription?.ResourceARN ?? "";
    return {
      table: output.Name ?? "",
      connector: stream === undefined ? "firehose" : "kinesis",
      target: arn.slice(arn.lastIndexOf("/") + 1),
    };
  });
}

function Output({ sink, log }: { readonly sink: Sink; readonly log: readonly LogLine[] }): ReactNode {
  const { connector, target, table } = sink;
  if (connector === "kinesis" && target !== undefined) return <StreamOutput stream={target} />;
  if (connector === "print") return <PrintOutput log={log} />;
  if (connector === "filesystem" && target?.startsWith("s3://") === true) return <FileOutput path={target} />;
  if (connector === "firehose" && target !== undefined)
    return (
      <EmptyState title={`It goes to the delivery stream ${target}`}>
        <Anchor component={Link} to={`/delivery/${encodeURIComponent(target)}`}>
          Its buffers and last objects
        </Anchor>
      </EmptyState>
    );
  if (connector === "redshift" && target !== undefined)
    return (
      <EmptyState title={`It is loaded into the table ${target}`}>
        <Anchor
          component={Link}
          to={`/query?${new URLSearchParams({ sql: `select * from ${target} limit 100;` })}`}
        >
          Ask the warehouse
        </Anchor>
      </EmptyState>
    );
  return (
    <EmptyState title={`${table} cannot be looked into`}>
      Its connector is {connector}: what it takes is not kept anywhere.
    </EmptyState>
  );
}

const recordColumns: readonly Column<TailRecord>[] = [
  { key: "at", title: "Arrived", width: "160px", value: ({ at }) => at, render: ({ at }) => timeText(at) },
  {
    key: "record",
    title: "Record",
    width: "1fr",
    monospace: true,
    value: ({ text }) => text,
    render: ({ text }) => <span title={text}>{text}</span>,
  },
  {
    key: "key",
    title: "Partition key",
    width: "160px",
    fromWidth: 900,
    value: ({ partitionKey }) => partitionKey,
  },
  { key: "shard", title: "Shard", width: "170px", fromWidth: 900, value: ({ shard }) => shard },
];

function StreamOutput({ stream }: { readonly stream: string }): ReactNode {
  const { records, error, isReading } = useStreamTail(stream);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        The newest records of the stream{" "}
        <Anchor component={Link} to={`/streams/${encodeURIComponent(stream)}`}>
          {stream}
        </Anchor>
        , from five minutes ago on
      </Text>
      {error !== undefined && <ErrorAlert error={error} />}
      <DataTable
        label="records"
        rows={records}
        columns={recordColumns}
        rowKey={({ key }) => key}
        rowHeight={28}
        empty={
          <EmptyState title={isReading ? "Reading" : "Nothing came yet"}>
            {isReading ? "" : "Records are shown as they come."}
          </EmptyState>
        }
      />
    </>
  );
}

const printColumns: readonly Column<LogLine & { readonly key: string }>[] = [
  {
    key: "time",
    title: "Time",
    width: "160px",
    value: ({ timeMs }) => timeMs,
    render: ({ timeMs }) => timeText(timeMs),
  },
  { key: "change", title: "Change", width: "1fr", monospace: true, value: ({ message }) => message },
];

function PrintOutput({ log }: { readonly log: readonly LogLine[] }): ReactNode {
  const rows = log.filter(isPrinted).map((line, i) => ({ ...line, key: `${line.timeMs} ${i}` }));
  return (
    <DataTable
      label="changes"
      rows={rows}
      columns={printColumns}
      rowKey={({ key }) => key}
      rowHeight={28}
      sort={{ key: "time", descending: true }}
      empty={
        <EmptyState title="Nothing was printed">A running job's newest 200 lines are looked at.</EmptyState>
      }
    />
  );
}

interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly at: number;
}

const objectColumns: readonly Column<ListedObject>[] = [
  { key: "key", title: "Object", width: "3fr", monospace: true, value: ({ key }) => key },
  {
    key: "bytes",
    title: "Size",
    width: "100px",
    align: "right",
    value: ({ bytes }) => bytes,
    render: ({ bytes }) => bytesText(bytes),
  },
  { key: "at", title: "Written", width: "170px", value: ({ at }) => at, render: ({ at }) => timeText(at) },
];

function FileOutput({ path }: { readonly path: string }): ReactNode {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  const found = useAws(
    "s3",
    ["output", bucket, prefix],
    async (s3) => {
      const { Contents = [] } = await s3.listObjectsV2({
        Bucket: bucket,
        Prefix: prefix,
        MaxKeys: maxObjects,
      });
      return Contents.map(
        ({ Key = "", Size = 0, LastModified }): ListedObject => ({
          key: Key,
          bytes: Size,
          at: LastModified?.getTime() ?? 0,
        }),
      );
    },
    { everyMs: 3_000 },
  );
  return (
    <Loaded of={found}>
      {(objects) => (
        <DataTable
          label="objects"
          rows={objects}
          columns={objectColumns}
          rowKey={({ key }) => key}
          sort={{ key: "at", descending: true }}
          to={({ key }) => `/objects/${encodeURIComponent(bucket)}/object?${new URLSearchParams({ key })}`}
          empty={
            <EmptyState title="No file is complete yet">Files are seen with the next checkpoint.</EmptyState>
          }
        />
      )}
    </Loaded>
  );
}
