import {
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  Text,
  useComputedColorScheme,
  useMantineTheme,
} from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type ChartChoice, type ChartData, chartData, chartKinds, firstChoice } from "./chart-data.ts";
import type { ResultTable } from "./result-table.ts";

const shades = ["cyan", "orange", "grape", "lime", "indigo", "pink"] as const;

/** A result as a picture: what is across, what is up, and how it is drawn. */
export function ResultChart({ table }: { readonly table: ResultTable }): ReactNode {
  const shape = table.columns.map(({ name, type }) => `${name} ${type}`).join("\n");
  const [chosen, setChosen] = useState<
    { readonly shape: string; readonly choice: ChartChoice } | undefined
  >();
  const choice = chosen?.shape === shape ? chosen.choice : firstChoice(table);
  const data = useMemo(() => (choice === undefined ? undefined : chartData(table, choice)), [table, choice]);
  if (choice === undefined || data === undefined)
    return (
      <Text c="dimmed" size="sm" py="md">
        A chart needs rows and a column of numbers.
      </Text>
    );
  const change = (next: Partial<ChartChoice>): void => setChosen({ shape, choice: { ...choice, ...next } });
  const names = table.columns.map(({ name }, i) => ({ value: `${i}`, label: name }));
  const numbers = names.filter((_, i) => table.columns[i]?.isNumber);
  return (
    <>
      <Group gap="sm" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label="Kind of chart"
          data={[...chartKinds]}
          value={choice.kind}
          onChange={(value) => change({ kind: chartKinds.find((kind) => kind === value) ?? "line" })}
        />
        <Select
          size="xs"
          w={180}
          aria-label="Across"
          leftSection="x"
          allowDeselect={false}
          data={names}
          value={`${choice.x}`}
          onChange={(value) => change({ x: Number(value ?? 0) })}
        />
        <MultiSelect
          size="xs"
          miw={180}
          aria-label="Up"
          leftSection="y"
          data={numbers}
          value={choice.y.map(String)}
          onChange={(values) => values.length > 0 && change({ y: values.map(Number) })}
        />
      </Group>
      <Plot data={data} kind={choice.kind} />
    </>
  );
}

function Plot({ data, kind }: { readonly data: ChartData; readonly kind: ChartChoice["kind"] }): ReactNode {
  const { ref, width, height } = useElementSize();
  const host = useRef<HTMLDivElement>(null);
  const theme = useMantineTheme();
  const scheme = useComputedColorScheme();
  useEffect(() => {
    if (host.current === null || width === 0 || height === 0) return;
    const colors = shades.map((shade) => theme.colors[shade]?.[scheme === "dark" ? 4 : 7] ?? "teal");
    const legendPx = 34;
    const chart = new uPlot(
      optionsOf(data, kind, {
        width,
        height: Math.max(120, height - legendPx),
        colors,
        isDark: scheme === "dark",
      }),
      [[...data.x], ...data.series.map(({ values }) => [...values])],
      host.current,
    );
    return () => chart.destroy();
  }, [data, kind, width, height, theme, scheme]);
  return (
    <div ref={ref} style={{ flex: 1, minHeight: 0, overflow: "hidden" }}>
      <div ref={host} role="img" aria-label="Chart of the result" />
    </div>
  );
}

interface PlotLook {
  readonly width: number;
  readonly height: number;
  readonly colors: readonly string[];
  readonly isDark: boolean;
}

function optionsOf(data: ChartData, kind: ChartChoice["kind"], look: PlotLook): uPlot.Options {
  const { width, height, colors, isDark } = look;
  const grid = { stroke: isDark ? "#ffffff14" : "#00000012", width: 1 };
  const axis = { stroke: isDark ? "#a6a7ab" : "#868e96", grid, ticks: grid };
  const nameOf = (tick: number): string =>
    Number.isInteger(tick) ? (data.names[tick] ?? "").slice(0, 16) : "";
  const isCategory = data.scale === "category";
  return {
    width,
    height,
    scales: {
      x: { time: data.scale === "time", ...(isCategory && { range: () => [-0.6, data.x.length - 0.4] }) },
      y: {
        range: (_chart, min, max) =>
          kind === "bars"
            ? [Math.min(0, min), Math.max(0, max) * 1.08 || 1]
            : [min, max === min ? max + 1 : max],
      },
    },
    axes: [
      {
        ...axis,
        ...(isCategory && { values: (_chart: uPlot, ticks: number[]) => ticks.map(nameOf), space: 70 }),
      },
      { ...axis, size: 80 },
    ],
    series: [
      isCategory
        ? { label: data.xName, value: (_chart, value) => data.names[value] ?? "" }
        : { label: data.xName },
      ...data.series.map(({ label }, i): uPlot.Series => {
        const color = colors[i % colors.length] ?? "teal";
        const bars = uPlot.paths.bars?.({
          size: [0.7, 60],
          align: data.series.length > 1 ? (i % 2 === 0 ? -1 : 1) : 0,
        });
        return {
          label,
          stroke: color,
          width: 1.5,
          ...(kind === "bars" &&
            bars !== undefined && { paths: bars, fill: `${color}66`, points: { show: false } }),
          ...(kind === "points" && { paths: () => null, points: { show: true, size: 6, fill: color } }),
        };
      }),
    ],
  };
}
