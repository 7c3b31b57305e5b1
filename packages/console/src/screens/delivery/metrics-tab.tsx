import type { DestinationDescription } from "@aws-sdk/client-firehose";
import { Group, Paper, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useAws } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { bytesText, countText, durationText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { TimeChart } from "../../ui/time-chart.tsx";

const spans = [
  { value: "1", label: "1 hour", hours: 1, periodSeconds: 60 },
  { value: "6", label: "6 hours", hours: 6, periodSeconds: 300 },
  { value: "24", label: "1 day", hours: 24, periodSeconds: 900 },
] as const;
const everyMs = 10_000;
const msInHour = 3_600_000;

interface Metric {
  readonly name: string;
  readonly title: string;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly format: (value: number) => string;
}

export interface MetricsTabProps {
  readonly name: string;
  readonly source: string | undefined;
  readonly destination: DestinationDescription | undefined;
}

/** What CloudWatch has of the stream. */
export function MetricsTab({ name, source, destination }: MetricsTabProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const span = spans.find(({ value }) => value === search.get("hours")) ?? spans[0];
  const metrics = metricsOf(source, destination);
  const data = useAws(
    "cloudwatch",
    ["delivery", name, span.value, metrics.map((metric) => metric.name)],
    (cloudwatch) => readMetrics(cloudwatch, name, metrics, span),
    { everyMs },
  );
  return (
    <Stack gap="sm" style={{ overflow: "auto" }}>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Time span"
          data={spans.map(({ value, label }) => ({ value, label }))}
          value={span.value}
          onChange={(hours) => setSearch({ hours }, { replace: true })}
        />
        <Text size="xs" c="dimmed">
          CloudWatch, AWS/Firehose, each point {durationText(span.periodSeconds * 1_000)}
        </Text>
      </Group>
      <Loaded of={data}>
        {({ times, series }) => (
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
            {metrics.map((metric, at) => (
              <Paper key={metric.name} withBorder p="sm">
                <Group justify="space-between" mb={4}>
                  <Text size="sm" fw={600}>
                    {metric.title}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {metric.name}
                  </Text>
                </Group>
                <TimeChart
                  times={times}
                  series={[{ label: metric.title, values: series[at] ?? [] }]}
                  height={160}
                  format={metric.format}
                />
              </Paper>
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Stack>
  );
}

function metricsOf(
  source: string | undefined,
  destination: DestinationDescription | undefined,
): readonly Metric[] {
  const prefix = prefixOf(destination);
  const records = source === undefined ? "IncomingRecords" : "DataReadFromKinesisStream.Records";
  const bytes = source === undefined ? "IncomingBytes" : "DataReadFromKinesisStream.Bytes";
  return [
    { name: records, title: "Records taken", statistic: "Sum", format: countText },
    { name: bytes, title: "Bytes taken", statistic: "Sum", format: bytesText },
    { name: `${prefix}.Records`, title: "Records delivered", statistic: "Sum", format: countText },
    {
      name: `${prefix}.DataFreshness`,
      title: "Age of the oldest record",
      statistic: "Maximum",
      format: (seconds) => durationText(seconds * 1_000),
    },
    {
      name: `${prefix}.Success`,
      title: "Share of attempts that went well",
      statistic: "Average",
      format: percentText,
    },
    { name: `${prefix}.Bytes`, title: "Bytes delivered", statistic: "Sum", format: bytesText },
  ];
}

function prefixOf(destination: DestinationDescription | undefined): string {
  if (destination?.RedshiftDestinationDescription !== undefined) return "DeliveryToRedshift";
  if (destination?.HttpEndpointDestinationDescription !== undefined) return "DeliveryToHttpEndpoint";
  if (destination?.SplunkDestinationDescription !== undefined) return "DeliveryToSplunk";
  if (destination?.AmazonopensearchserviceDestinationDescription !== undefined)
    return "DeliveryToAmazonOpenSearchService";
  if (destination?.ElasticsearchDestinationDescription !== undefined) return "DeliveryToElasticsearch";
  return "DeliveryToS3";
}

function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

interface MetricData {
  readonly times: readonly number[];
  /** In the order of the metrics. */
  readonly series: readonly (readonly (number | null)[])[];
}

async function readMetrics(
  cloudwatch: ServiceClients["cloudwatch"],
  name: string,
  metrics: readonly Metric[],
  { hours, periodSeconds }: (typeof spans)[number],
): Promise<MetricData> {
  const periodMs = periodSeconds * 1_000;
  const endMs = Math.ceil(Date.now() / periodMs) * periodMs;
  const startMs = endMs - hours * msInHour;
  const { MetricDataResults = [] } = await cloudwatch.getMetricData({
    StartTime: new Date(startMs),
    EndTime: new Date(endMs),
    ScanBy: "TimestampAscending",
    MetricDataQueries: metrics.map((metric, at) => ({
      Id: `m${at}`,
      MetricStat: {
        Metric: {
          Namespace: "AWS/Firehose",
          MetricName: metric.name,
          Dimensions: [{ Name: "DeliveryStreamName", Value: name }],
        },
        Period: periodSeconds,
        Stat: metric.statistic,
      },
    })),
  });
  const times = Array.from({ length: (endMs - startMs) / periodMs }, (_, at) => startMs + at * periodMs);
  const series = metrics.map((metric, at) => {
    const { Timestamps = [], Values = [] } = MetricDataResults.find(({ Id }) => Id === `m${at}`) ?? {};
    const found = new Map(Timestamps.map((time, i) => [time.getTime(), Values[i] ?? null]));
    // Nothing is reported of a time in which nothing came: for sums that is zero.
    return times.map((time) => found.get(time) ?? (metric.statistic === "Sum" ? 0 : null));
  });
  return { times, series };
}
