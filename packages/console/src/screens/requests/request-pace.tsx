import { Group, Paper, Stack, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { durationText, rateText } from "../../ui/format.ts";
import { TimeChart } from "../../ui/time-chart.tsx";
import { latencyMs, paceOf, type RequestRecord } from "./request-record.ts";

const seconds = 120;

/** How many calls there are, how many fail, how long they take. */
export function RequestPace({ records }: { readonly records: readonly RequestRecord[] }): ReactNode {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 1_000, { autoInvoke: true });
  const pace = paceOf(records, now, seconds);
  const recent = records.slice(0, 1_000);
  const errors = recent.filter(({ code }) => code !== "OK").length;
  const lastTen = pace.good.slice(-11, -1).concat(pace.bad.slice(-11, -1));
  const figures: readonly (readonly [string, string])[] = [
    ["Calls per second", rateText(lastTen.reduce((sum, count) => sum + count, 0) / 10)],
    ["Half take less than", latencyText(recent, 0.5)],
    ["99 of 100 take less than", latencyText(recent, 0.99)],
    ["Errors", recent.length === 0 ? "—" : `${((errors / recent.length) * 100).toFixed(1)} %`],
  ];
  return (
    <Paper withBorder p="sm" mb="sm">
      <Group gap="xl" align="center" wrap="nowrap">
        <Stack gap={4} miw={200} visibleFrom="md">
          {figures.map(([label, value]) => (
            <Group key={label} justify="space-between" gap="md" wrap="nowrap">
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text size="sm" fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
                {value}
              </Text>
            </Group>
          ))}
        </Stack>
        <div style={{ flex: 1, minWidth: 0 }}>
          <TimeChart
            height={130}
            times={pace.times}
            format={(value) => `${Number(value.toFixed(1))}`}
            series={[
              { label: "calls/s", values: pace.good },
              { label: "errors/s", values: pace.bad },
            ]}
          />
        </div>
      </Group>
    </Paper>
  );
}

function latencyText(records: readonly RequestRecord[], share: number): string {
  const ms = latencyMs(records, share);
  return ms === undefined ? "—" : durationText(ms);
}
