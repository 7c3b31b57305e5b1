import { Card, Center, Loader, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { bytesText, countText, durationText, rateText, timeText } from "../../../ui/format.ts";
import { EmptyState, ErrorAlert } from "../../../ui/states.tsx";
import { TimeChart } from "../../../ui/time-chart.tsx";
import type { JobSample, JobStatus, Rates } from "./job-status.ts";
import type { LiveJob } from "./use-job-status.ts";

const JobGraph = lazy(async () => ({ default: (await import("./job-graph.tsx")).JobGraph }));

export interface JobTabProps {
  readonly job: LiveJob | undefined;
  readonly error: Error | null;
  /** Why there is nothing to see, when it does not run. */
  readonly idle: ReactNode;
}

/** What the job does now: its operators, its figures, and how they went. */
export function JobTab({ job, error, idle }: JobTabProps): ReactNode {
  if (idle !== undefined) return idle;
  if (job === undefined)
    return error === null ? (
      <Center py={60}>
        <Loader size="sm" />
      </Center>
    ) : (
      <ErrorAlert error={error} />
    );
  const { status, rates, samples } = job;
  if (status.metrics === null && status.graph.length === 0)
    return (
      <EmptyState title="No job runs">
        The application is {status.application.status} without a job of its own: notes of Studio run in the
        query editor, and a job that has ended or failed says so in the log.
      </EmptyState>
    );
  return (
    <Stack gap="md">
      <Suspense fallback={<div style={{ height: 340 }} />}>
        <JobGraph job={job} />
      </Suspense>
      <Text size="xs" c="dimmed">
        Rates are those of the last seconds. Backpressure of single operators is not measured: what a job
        cannot take waits in its streams, and is seen as “behind the newest record”. An operator whose event
        time is more than a minute behind the newest one has an orange border.
      </Text>
      <Figures status={status} rates={rates} />
      <Charts samples={samples} />
    </Stack>
  );
}

function Figures({
  status,
  rates,
}: {
  readonly status: JobStatus;
  readonly rates: Rates | undefined;
}): ReactNode {
  const { metrics, application, nowMs } = status;
  if (metrics === null) return undefined;
  const { checkpoints } = metrics;
  const perSecond = (rate: number | undefined): string => (rate === undefined ? "–" : `${rateText(rate)}/s`);
  const items: readonly (readonly [string, string, string?])[] = [
    ["Records in", perSecond(rates?.inPerSecond), `${countText(metrics.recordsIn)} in all`],
    ["Records out", perSecond(rates?.outPerSecond), `${countText(metrics.recordsOut)} in all`],
    [
      "Behind the newest record",
      metrics.lagMs === undefined ? "–" : durationText(metrics.lagMs),
      "what waits stays in the stream",
    ],
    [
      "Watermark",
      metrics.watermarkMs === undefined ? "none" : timeText(metrics.watermarkMs),
      metrics.watermarkMs === undefined
        ? "no event time"
        : `${durationText(Math.max(0, nowMs - metrics.watermarkMs))} behind the clock`,
    ],
    ["State", bytesText(metrics.stateBytes), `${countText(metrics.lateRows)} late records dropped`],
    [
      "Checkpoints",
      `${countText(checkpoints.completed)} done`,
      checkpoints.lastDurationMs === undefined
        ? `${checkpoints.failed} failed`
        : `${checkpoints.failed} failed · last ${durationText(checkpoints.lastDurationMs)}, ${bytesText(checkpoints.lastBytes ?? 0)}`,
    ],
    ["Up for", durationText(metrics.uptimeMs), `${metrics.restarts} restarts`],
    [
      "Parallelism",
      `${application.currentParallelism}`,
      `${application.kpus} KPU · ${rates === undefined ? "–" : `${Math.round(rates.cpu * 100)} %`} of a processor`,
    ],
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      {items.map(([name, value, more]) => (
        <Card key={name} withBorder padding="xs">
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
            {value}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {more}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Charts({ samples }: { readonly samples: readonly JobSample[] }): ReactNode {
  const times = samples.map(({ atMs }) => atMs);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <div>
        <Title order={5} mb={4}>
          Records a second
        </Title>
        <TimeChart
          times={times}
          height={160}
          format={rateText}
          series={[
            { label: "in", values: samples.map(({ inPerSecond }) => inPerSecond) },
            { label: "out", values: samples.map(({ outPerSecond }) => outPerSecond) },
          ]}
        />
      </div>
      <div>
        <Title order={5} mb={4}>
          Behind the newest record
        </Title>
        <TimeChart
          times={times}
          height={160}
          format={durationText}
          series={[{ label: "behind", values: samples.map(({ lagMs }) => lagMs) }]}
        />
      </div>
    </SimpleGrid>
  );
}
