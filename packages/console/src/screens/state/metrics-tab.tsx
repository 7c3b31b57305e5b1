import { SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, durationText, rateText } from "../../ui/format.ts";
import { ErrorAlert } from "../../ui/states.tsx";
import { ChartCard } from "./chart-card.tsx";
import { cpuUse, gauges, latencies, ratesBy } from "./chart-series.ts";
import { gaugeOf, type Sample } from "./prometheus.ts";
import { useReadings } from "./use-readings.ts";

const labelsText = ({ labels }: Sample): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

const columns: readonly Column<Sample>[] = [
  { key: "name", title: "Metric", width: "1.2fr", monospace: true, value: ({ name }) => name },
  { key: "labels", title: "Labels", width: "1.4fr", monospace: true, value: labelsText },
  {
    ...{ key: "value", title: "Value", width: "160px", align: "right" },
    value: ({ value }) => value,
    render: ({ name, value }) =>
      name.endsWith("_bytes") ? bytesText(value) : `${Number(value.toPrecision(12))}`,
  },
];

/** What Prometheus would read, as charts of the last minutes and as it is. */
export function MetricsTab(): ReactNode {
  const { readings, error } = useReadings();
  const samples = readings.at(-1)?.samples ?? [];
  const shown = useMemo(() => samples.filter(({ name }) => !name.endsWith("_bucket")), [samples]);
  const rss = gaugeOf(samples, "process_resident_memory_bytes");
  return (
    <Stack gap="sm">
      {error !== undefined && <ErrorAlert error={error} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <ChartCard
          isBy
          title="Calls per second, by service"
          data={ratesBy(readings, "millrace_requests_total", "service")}
          format={rateText}
        />
        <ChartCard
          isBy
          title="Errors per second, by service"
          data={ratesBy(readings, "millrace_requests_total", "service", ({ code }) => code !== "OK")}
          format={rateText}
        />
        <ChartCard
          title="Latency"
          data={latencies(readings, "millrace_request_seconds")}
          format={durationText}
        />
        <ChartCard
          title="Memory"
          {...(rss !== undefined && { now: bytesText(rss) })}
          data={gauges(readings, [
            ["resident", "process_resident_memory_bytes"],
            ["heap", "nodejs_heap_size_used_bytes"],
            ["buffers", "nodejs_external_memory_bytes"],
          ])}
          format={bytesText}
        />
        <ChartCard title="Processor, in cores" data={cpuUse(readings)} format={(cores) => cores.toFixed(2)} />
        <ChartCard
          title="Requests in flight"
          data={gauges(readings, [["requests", "millrace_requests_in_flight"]])}
          format={rateText}
        />
      </SimpleGrid>
      <DataTable
        label="metrics"
        rows={shown}
        columns={columns}
        rowKey={(sample) => `${sample.name} ${labelsText(sample)}`}
        rowHeight={28}
        height={460}
        sort={{ key: "name" }}
      />
      <Text size="xs" c="dimmed">
        Prometheus reads the same at {globalThis.location.origin}/_millrace/metrics
      </Text>
    </Stack>
  );
}
