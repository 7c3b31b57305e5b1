import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface ChartSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

export interface TimeChartProps {
  /** Milliseconds since the epoch, ascending, as many as each series has values. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly height?: number;
  /** How values are written at the axis and in the legend. */
  readonly format?: (value: number) => string;
  /** A line across, such as a limit. */
  readonly limit?: { readonly label: string; readonly value: number };
}

const shades = ["teal", "indigo", "orange", "grape", "lime", "pink", "cyan", "red"] as const;

/** Values over time; it may be given new ones many times a second. */
export function TimeChart(props: TimeChartProps): ReactNode {
  const { ref, width } = useElementSize();
  const chart = useRef<uPlot | undefined>(undefined);
  const host = useRef<HTMLDivElement>(null);
  const theme = useMantineTheme();
  const scheme = useComputedColorScheme();
  const { height = 180, format = String, limit } = props;
  const labels = [...props.series.map(({ label }) => label), ...(limit === undefined ? [] : [limit.label])];
  const shape = labels.join("\n");
  const data = dataOf(props);
  const latest = useRef(data);
  latest.current = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the labels, whose list is new each time.
  useEffect(() => {
    if (host.current === null || width === 0) return;
    const grid = { stroke: scheme === "dark" ? "#ffffff14" : "#00000012", width: 1 };
    const axis = { stroke: scheme === "dark" ? "#a6a7ab" : "#868e96", grid, ticks: grid };
    const made = new uPlot(
      {
        width,
        height,
        cursor: { drag: { x: false, y: false } },
        legend: { show: labels.length > 1 },
        scales: { y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
        axes: [
          { ...axis, space: 70, values: (_chart, ticks) => ticks.map(clockText) },
          { ...axis, size: 70, values: (_chart, ticks) => ticks.map((tick) => format(tick)) },
        ],
        series: [
          { value: (_chart: uPlot, seconds: number | null) => (seconds === null ? "" : clockText(seconds)) },
          ...labels.map((label, i) => ({
            label,
            stroke: theme.colors[shades[i % shades.length] ?? "teal"]?.[scheme === "dark" ? 4 : 6] ?? "teal",
            width: 1.5,
            value: (_chart: uPlot, value: number | null) => (value === null ? "" : format(value)),
            ...(label === limit?.label && { dash: [4, 4] }),
          })),
        ],
      },
      latest.current,
      host.current,
    );
    chart.current = made;
    return () => made.destroy();
  }, [shape, width, height, scheme, theme]);
  useEffect(() => chart.current?.setData(data));
  return (
    <div ref={ref} style={{ minHeight: height }}>
      <div ref={host} />
    </div>
  );
}

/** `18:19:04`, as tables write it. */
function clockText(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString("sv-SE");
}

function dataOf({ times, series, limit }: TimeChartProps): uPlot.AlignedData {
  const lines = series.map(({ values }) => [...values]);
  const limits = limit === undefined ? [] : [times.map(() => limit.value)];
  return [times.map((ms) => ms / 1_000), ...lines, ...limits];
}
