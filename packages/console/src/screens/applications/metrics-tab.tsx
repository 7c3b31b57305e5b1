import { SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAws } from "../../api/queries.ts";
import { bytesText, countText, durationText, rateText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { TimeChart } from "../../ui/time-chart.tsx";

const pollMs = 30_000;
const periodSeconds = 60;
const shownMs = 3 * 3_600_000;

interface Metric {
  readonly name: string;
  readonly title: string;
  readonly statistic: "Average" | "Maximum" | "Sum";
  readonly format: (value: number) => string;
}

const metrics: readonly Metric[] = [
  { name: "numRecordsInPerSecond", title: "Records in a second", statistic: "Average", format: rateText },
  { name: "numRecordsOutPerSecond", title: "Records out a second", statistic: "Average", format: rateText },
  {
    name: "millisBehindLatest",
    title: "Behind the newest record",
    statistic: "Maximum",
    format: durationText,
  },
  { name: "lastCheckpointDuration", title: "Checkpoint took", statistic: "Maximum", format: durationText },
  { name: "lastCheckpointSize", title: "Checkpoint size", statistic: "Maximum", format: bytesText },
  {
    name: "cpuUtilization",
    title: "CPU, percent",
    statistic: "Average",
    format: (value) => value.toFixed(1),
  },
  { name: "numLateRecordsDropped", title: "Late records dropped", statistic: "Maximum", format: countText },
  { name: "KPUs", title: "KPU", statistic: "Maximum", format: countText },
];

/** What CloudWatch has kept of the last hours. */
export function MetricsTab({ name }: { readonly name: string }): ReactNode {
  const found = useAws(
    "cloudwatch",
    ["application", name],
    async (cloudwatch) => {
      const now = Date.now();
      const { MetricDataResults = [] } = await cloudwatch.getMetricData({
        StartTime: new Date(now - shownMs),
        EndTime: new Date(now),
        ScanBy: "TimestampAscending",
        MetricDataQueries: metrics.map((metric, i) => ({
          Id: `m${i}`,
          MetricStat: {
            Metric: {
              Namespace: "AWS/KinesisAnalytics",
              MetricName: metric.name,
              Dimensions: [{ Name: "Application", Value: name }],
            },
            Period: periodSeconds,
            Stat: metric.statistic,
          },
        })),
      });
      return MetricDataResults;
    },
    { everyMs: pollMs },
  );
  return (
    <Loaded of={found}>
      {(results) =>
        results.every(({ Timestamps = [] }) => Timestamps.length === 0) ? (
          <EmptyState title="There are no metrics yet">
            A running application writes them into AWS/KinesisAnalytics each minute; the last three hours are
            shown.
          </EmptyState>
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            {metrics.map((metric, i) => {
              const result = results.find(({ Id }) => Id === `m${i}`);
              return (
                <div key={metric.name}>
                  <Title order={5}>
                    {metric.title}{" "}
                    <Text span size="xs" c="dimmed">
                      {metric.name}
                    </Text>
                  </Title>
                  <TimeChart
                    times={result?.Timestamps?.map((time) => time.getTime()) ?? []}
                    height={140}
                    format={metric.format}
                    series={[{ label: metric.title, values: result?.Values ?? [] }]}
                  />
                </div>
              );
            })}
          </SimpleGrid>
        )
      }
    </Loaded>
  );
}
