import { Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { TimeChart } from "../../ui/time-chart.tsx";
import type { Series } from "./chart-series.ts";

export interface ChartCardProps {
  readonly title: string;
  /** What it is now. */
  readonly now?: string;
  readonly data: Series;
  readonly format: (value: number) => string;
}

export function ChartCard({ title, now, data, format }: ChartCardProps): ReactNode {
  const isEmpty = data.series.length === 0;
  // A chart of one line has no legend.
  const only = data.series.length === 1 ? data.series[0]?.label : undefined;
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
          {now ?? only}
        </Text>
      </Group>
      {isEmpty ? (
        <Text size="sm" c="dimmed" ta="center" py={60}>
          Nothing yet.
        </Text>
      ) : (
        <TimeChart height={150} times={data.times} series={data.series} format={format} />
      )}
    </Paper>
  );
}
