import { Anchor, Badge, Group, Paper, SemiCircleProgress, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { agoText, bytesText, countText, durationText, rateText, timeText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { type Delivery, type DeliveryUse, type Failure, useDeliveryUse } from "./delivery-data.ts";

const fullPercent = 100;
const gaugeSize = 180;
const rowHeight = 34;
const maxShownRows = 8;

/** How full the buffers are, what has been delivered lately, and what went wrong. */
export function OverviewTab({ name }: { readonly name: string }): ReactNode {
  const use = useDeliveryUse(name);
  return (
    <Loaded of={use}>
      {(data) => (
        <Stack gap="md" style={{ overflow: "auto" }}>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" style={{ flex: "none" }}>
            <Gauges use={data} />
            <Figures use={data} />
          </SimpleGrid>
          {data.failures.length > 0 && <Failures failures={data.failures} nowMs={data.at} />}
          <Deliveries name={name} deliveries={data.deliveries} />
        </Stack>
      )}
    </Loaded>
  );
}

function Gauges({ use }: { readonly use: DeliveryUse }): ReactNode {
  const { buffers } = use;
  if (buffers === undefined) return undefined;
  const { bytes, maxBytes, ageSeconds, maxSeconds, partitions } = buffers;
  const suffix = partitions > 1 ? ", fullest partition" : "";
  return (
    <>
      <Gauge
        label={`Buffer${suffix}`}
        share={bytes / maxBytes}
        value={bytesText(bytes)}
        limit={`delivered at ${bytesText(maxBytes)}`}
      />
      <Gauge
        label={`Age${suffix === "" ? "" : ", oldest partition"}`}
        share={maxSeconds === 0 ? 0 : ageSeconds / maxSeconds}
        value={`${Math.round(ageSeconds)} s`}
        limit={`delivered at ${maxSeconds} s`}
      />
    </>
  );
}

interface GaugeProps {
  readonly label: string;
  readonly share: number;
  readonly value: string;
  readonly limit: string;
}

function Gauge({ label, share, value, limit }: GaugeProps): ReactNode {
  const percent = Math.min(fullPercent, share * fullPercent);
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Stack align="center" justify="center" gap={4} h="100%">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <SemiCircleProgress
          value={percent}
          size={gaugeSize}
          thickness={14}
          transitionDuration={400}
          fillDirection="left-to-right"
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={fullPercent}
          aria-valuenow={Math.round(percent)}
          label={
            <Text fw={650} fz={22} style={{ fontVariantNumeric: "tabular-nums" }}>
              {value}
            </Text>
          }
        />
        <Text size="xs" c="dimmed">
          {limit}
        </Text>
      </Stack>
    </Paper>
  );
}

function Figures({ use }: { readonly use: DeliveryUse }): ReactNode {
  const { backlog, buffers, behindMs } = use;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["In", `${rateText(use.in.recordsPerSecond)}/s · ${bytesText(use.in.bytesPerSecond)}/s`],
    ["Delivered", `${rateText(use.out.recordsPerSecond)}/s · ${bytesText(use.out.bytesPerSecond)}/s`],
    ["Waiting", backlog && `${countText(backlog.records)} records · ${bytesText(backlog.bytes)}`],
    ["Oldest waits", backlog && (backlog.records === 0 ? "–" : durationText(backlog.oldestSeconds * 1_000))],
    ["Partitions", buffers && countText(buffers.partitions)],
    [
      "On its way",
      buffers && (buffers.delivering.buffers === 0 ? "–" : `${bytesText(buffers.delivering.bytes)}`),
    ],
    ["Behind the stream", behindMs === undefined ? undefined : behindMs === 0 ? "–" : durationText(behindMs)],
    ["Failed attempts, last minute", countText(use.out.errors)],
  ];
  return (
    <Paper withBorder p="md">
      <Stack gap={6} justify="center" h="100%">
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([label, value]) => (
            <Group key={label} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" c="dimmed">
                {label}
              </Text>
              <Text size="sm" ta="right" style={{ fontVariantNumeric: "tabular-nums" }}>
                {value}
              </Text>
            </Group>
          ))}
      </Stack>
    </Paper>
  );
}

interface DeliveriesProps {
  readonly name: string;
  readonly deliveries: readonly Delivery[];
}

function Deliveries({ name, deliveries }: DeliveriesProps): ReactNode {
  return (
    <Stack gap={4} style={{ flex: "1 0 260px" }}>
      <Text fw={600} size="sm">
        Last deliveries
      </Text>
      <DataTable
        label="deliveries"
        rows={deliveries.map((delivery) => ({ ...delivery, stream: name }))}
        columns={deliveryColumns}
        rowKey={({ at, target, consumer }) => `${at} ${target} ${consumer}`}
        withoutFilter
        rowHeight={rowHeight}
        empty={
          <Text size="sm" c="dimmed">
            Nothing has been delivered since Millrace was started.
          </Text>
        }
      />
    </Stack>
  );
}

const deliveryColumns: readonly Column<Delivery & { readonly stream: string }>[] = [
  { key: "at", title: "Time", width: "150px", value: ({ at }) => at, render: ({ at }) => timeText(at) },
  {
    key: "target",
    title: "Where",
    value: ({ target }) => target,
    render: ({ target, key, stream, errorOutputType }) => (
      <Group gap={6} wrap="nowrap">
        {errorOutputType !== undefined && (
          <Badge size="xs" color="red" variant="light" tt="none" style={{ flex: "none" }}>
            {errorOutputType}
          </Badge>
        )}
        {key === undefined ? (
          target
        ) : (
          <Anchor
            component={Link}
            inherit
            truncate
            to={`/delivery/${encodeURIComponent(stream)}/objects?${new URLSearchParams({ key })}`}
          >
            {key}
          </Anchor>
        )}
      </Group>
    ),
  },
  {
    key: "partition",
    title: "Partition",
    fromWidth: 1000,
    width: "160px",
    value: ({ partitionKeys }) =>
      Object.entries(partitionKeys ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(", "),
  },
  {
    key: "records",
    title: "Records",
    width: "90px",
    align: "right",
    value: ({ records }) => records,
    render: ({ records }) => countText(records),
  },
  {
    key: "bytes",
    title: "Bytes",
    width: "90px",
    align: "right",
    value: ({ bytes }) => bytes,
    render: ({ bytes }) => bytesText(bytes),
  },
  {
    key: "encoded",
    title: "Written",
    width: "90px",
    align: "right",
    fromWidth: 800,
    value: ({ encodedBytes }) => encodedBytes,
    render: ({ encodedBytes }) => bytesText(encodedBytes),
  },
  {
    key: "ms",
    title: "Took",
    width: "80px",
    align: "right",
    value: ({ ms }) => ms,
    render: ({ ms }) => durationText(ms),
  },
];

interface FailuresProps {
  readonly failures: readonly Failure[];
  readonly nowMs: number;
}

function Failures({ failures, nowMs }: FailuresProps): ReactNode {
  return (
    <Stack gap={4} component="section" aria-label="Failures" style={{ flex: "none" }}>
      <Text fw={600} size="sm">
        What went wrong
      </Text>
      {failures.slice(0, maxShownRows).map((failure) => (
        <Paper
          key={`${failure.consumer} ${failure.kind} ${failure.code} ${failure.message}`}
          withBorder
          p="xs"
        >
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Group gap="xs" wrap="nowrap" align="flex-start" miw={0}>
              <Badge
                size="sm"
                color={failure.kind === "records" ? "orange" : "red"}
                variant="light"
                tt="none"
              >
                {failure.code}
              </Badge>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {failure.message}
              </Text>
            </Group>
            <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {failure.kind === "records"
                ? `${countText(failure.records)} ${failure.records === 1 ? "record" : "records"} · `
                : ""}
              {failure.count > 1 ? `${countText(failure.count)} times · ` : ""}
              {agoText(failure.at, nowMs)}
            </Text>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
