import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ChartPaper } from "../../ui/chart-paper.tsx";
import { TimeChart } from "../../ui/time-chart.tsx";
import type { Series } from "./chart-series.ts";

export interface ChartCardProps {
  readonly title: string;
  /** What it is now. */
  readonly now?: string;
  readonly data: Series;
  /** Its lines are those of services. */
  readonly isBy?: boolean;
  readonly format: (value: number) => string;
}

export function ChartCard({ title, now, data, isBy = false, format }: ChartCardProps): ReactNode {
  const isEmpty = data.series.length === 0;
  // A chart of one line has no legend.
  const only = data.series.length === 1 ? data.series[0] : undefined;
  const last = only?.values.at(-1);
  const current = only === undefined || last === undefined || last === null ? undefined : format(last);
  return (
    <ChartPaper
      title={title}
      now={now ?? (isBy && current !== undefined ? `${only?.label} ${current}` : current)}
    >
      {isEmpty ? (
        <Text size="sm" c="dimmed" ta="center" py={60}>
          Nothing yet.
        </Text>
      ) : (
        <TimeChart height={150} times={data.times} series={data.series} format={format} />
      )}
    </ChartPaper>
  );
}
