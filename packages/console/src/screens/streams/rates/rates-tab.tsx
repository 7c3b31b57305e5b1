import { Group, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { ChartPaper } from "../../../ui/chart-paper.tsx";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { bytesText, rateText, timeText } from "../../../ui/format.ts";
import { Loaded } from "../../../ui/states.tsx";
import { type ChartSeries, TimeChart } from "../../../ui/time-chart.tsx";
import { type Producer, type StreamUse, shortShard, useStreamUse } from "../stream-data.ts";
import { busiestShards, type Measure, measureOf, type Sample, withSample } from "./rate-history.ts";

const everyMs = 1_000;
const maxShownShards = 7;
const chartHeight = 170;

interface Chart {
  readonly measure: Measure;
  readonly title: string;
  readonly format: (value: number) => string;
  /** Of one shard; undefined where there is none. */
  readonly limit?: (limits: StreamUse["limits"]) => number;
}

const charts: readonly Chart[] = [
  {
    measure: "inRecords",
    title: "Records in, a second",
    format: rateText,
    limit: ({ writeRecordsPerSecond }) => writeRecordsPerSecond,
  },
  {
    measure: "inBytes",
    title: "Bytes in, a second",
    format: bytesText,
    limit: (limits) => limits.writeBytesPerSecond,
  },
  {
    measure: "outBytes",
    title: "Bytes out, a second",
    format: bytesText,
    limit: (limits) => limits.readBytesPerSecond,
  },
  { measure: "throttled", title: "Refused in the last minute", format: rateText },
];

export interface RatesTabProps {
  readonly name: string;
  readonly mode: string | undefined;
}

/** What goes in and out against what a shard may take. */
export function RatesTab({ name, mode }: RatesTabProps): ReactNode {
  const use = useStreamUse(name, everyMs);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (use.data !== undefined) {
      const { data } = use;
      setSamples((current) => withSample(current, data));
    }
  }, [use.data, use]);
  return <Loaded of={use}>{(data) => <Rates use={data} samples={samples} mode={mode} />}</Loaded>;
}

interface RatesProps {
  readonly use: StreamUse;
  readonly samples: readonly Sample[];
  readonly mode: string | undefined;
}

function Rates({ use, samples, mode }: RatesProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const isByShard = search.get("by") === "shard";
  const open = use.shards.filter(({ isOpen }) => isOpen).length;
  const shards = isByShard ? busiestShards(use, maxShownShards) : [undefined];
  return (
    <Stack gap="sm" style={{ overflow: "auto", minHeight: 0 }}>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Rates of"
          data={[
            { value: "all", label: "All shards" },
            { value: "shard", label: "By shard" },
          ]}
          value={isByShard ? "shard" : "all"}
          onChange={(by) => setSearch(by === "shard" ? { by } : {}, { replace: true })}
        />
        <Text size="xs" c="dimmed">
          {isByShard && open > maxShownShards && `The ${maxShownShards} busiest of ${open} shards. `}
          Dashed: AWS's limit of {isByShard ? "a shard" : `${open} ${open === 1 ? "shard" : "shards"}`},{" "}
          {use.limits.areEnforced && mode !== "ON_DEMAND" ? "enforced" : "not enforced here"}
        </Text>
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        {charts.map((chart) => (
          <RateChart
            key={chart.measure}
            chart={chart}
            samples={samples}
            shards={shards}
            limits={use.limits}
            open={open}
          />
        ))}
      </SimpleGrid>
      <Text fw={600} size="sm">
        Producers
      </Text>
      <DataTable
        label="producers"
        rows={use.producers}
        columns={producerColumns}
        rowKey={({ id }) => id}
        withoutFilter
        height={220}
        sort={{ key: "rate", descending: true }}
        empty={
          <Text size="sm" c="dimmed">
            Nobody has put records since Millrace was started.
          </Text>
        }
      />
    </Stack>
  );
}

interface RateChartProps {
  readonly chart: Chart;
  readonly samples: readonly Sample[];
  /** Undefined stands for all together. */
  readonly shards: readonly (string | undefined)[];
  readonly limits: StreamUse["limits"];
  readonly open: number;
}

function RateChart({ chart, samples, shards, limits, open }: RateChartProps): ReactNode {
  const { measure, title, format } = chart;
  const series = shards.map(
    (shard): ChartSeries => ({
      label: shard === undefined ? "all" : shortShard(shard),
      values: samples.map((sample) => measureOf(sample, shard, measure)),
    }),
  );
  const isByShard = shards[0] !== undefined;
  const limit = chart.limit?.(limits);
  const all = limit === undefined ? undefined : limit * (isByShard ? 1 : open);
  const newest = samples.at(-1);
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  // A limit far above would press everything else to the ground: then it is said only.
  const isNear = all !== undefined && highest > all / 4;
  return (
    <ChartPaper
      title={title}
      now={
        newest &&
        `${format(measureOf(newest, undefined, measure))}${all === undefined ? "" : ` of ${format(all)}`}`
      }
    >
      <TimeChart
        times={samples.map(({ at }) => at)}
        series={series}
        height={chartHeight}
        format={format}
        {...(isNear && { limit: { label: "limit", value: all } })}
      />
    </ChartPaper>
  );
}

const producerColumns: readonly Column<Producer>[] = [
  { key: "name", title: "Producer", value: ({ name }) => name },
  { key: "library", title: "With", value: ({ library }) => library },
  { key: "principal", title: "As", value: ({ principal }) => principal, width: "2fr" },
  {
    key: "rate",
    title: "Records a second",
    align: "right",
    width: "150px",
    value: ({ recordsPerSecond }) => recordsPerSecond,
    render: ({ recordsPerSecond }) => rateText(recordsPerSecond),
  },
  {
    key: "bytes",
    title: "Bytes a second",
    align: "right",
    width: "130px",
    value: ({ bytesPerSecond }) => bytesPerSecond,
    render: ({ bytesPerSecond }) => `${bytesText(bytesPerSecond)}`,
  },
  {
    key: "last",
    title: "Last",
    width: "160px",
    align: "right",
    value: ({ lastAt }) => lastAt,
    render: ({ lastAt }) => timeText(lastAt),
  },
];
