import { Anchor, ColorSwatch, Group, Paper, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useMillrace } from "../../api/queries.ts";
import type { Status } from "../../api/status.ts";
import { Facts } from "../../ui/facts.tsx";
import { bytesText, durationText, timeText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";

/** What a guest of this Millrace is not told is left out of its answer. */
type Told = Partial<Status> & Pick<Status, "version" | "services" | "endpoints" | "auth" | "account">;

/** What runs here, where it is reached, what it takes up. */
export function OverviewTab(): ReactNode {
  const status = useMillrace<Told>("status", {}, { everyMs: 2_000 });
  return (
    <Loaded of={status}>
      {(told) => (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <Card title="This Millrace">
              <Facts columns={2} items={instanceFacts(told)} />
            </Card>
            <Card title="Where it is">
              <Facts columns={1} items={placeFacts(told)} />
            </Card>
          </SimpleGrid>
          {told.data !== undefined && <Disk data={told.data} />}
          <Services services={told.services} />
        </Stack>
      )}
    </Loaded>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Paper withBorder p="md">
      <Text fw={650} mb="sm">
        {title}
      </Text>
      {children}
    </Paper>
  );
}

function instanceFacts(told: Told): readonly (readonly [string, ReactNode])[] {
  const { memory, uptimeMs } = told;
  return [
    ["Version", told.version],
    ["Up for", uptimeMs === undefined ? undefined : durationText(uptimeMs)],
    ["Started", timeText(told.startedAt)],
    ["Memory", memory === undefined ? undefined : bytesText(memory.rssBytes)],
    ["Authentication", told.auth === "trust" ? "trust: any key is taken" : "verify: signatures and policies"],
    ["Account", told.account],
    ["Process", told.pid],
    ["Node", told.node],
  ];
}

function placeFacts({ endpoints, data, durability }: Told): readonly (readonly [string, ReactNode])[] {
  const { sql } = endpoints;
  return [
    ["AWS APIs", <code key="http">{endpoints.http}</code>],
    [
      "Redshift, for SQL clients",
      sql === undefined ? undefined : <code key="sql">{`${sql.host}:${sql.port}`}</code>,
    ],
    ["Data directory", data?.isKept === false ? "none: everything is forgotten at the end" : data?.path],
    ["Durability", durabilities[durability ?? ""] ?? durability],
    [
      "Metrics for Prometheus",
      <Anchor key="metrics" href="/_millrace/metrics" target="_blank" size="sm">
        /_millrace/metrics
      </Anchor>,
    ],
  ];
}

const durabilities: Readonly<Record<string, string>> = {
  sync: "sync: on disk before the answer",
  interval: "interval: on disk a moment after the answer",
  memory: "memory: nothing is kept",
};

/** Undefined in a Millrace that keeps nothing. */
type Data = Partial<Status["data"]>;

function Disk({ data }: { readonly data: Data }): ReactNode {
  const { usedBytes, freeBytes } = data;
  if (usedBytes === undefined || freeBytes === undefined) return undefined;
  const share = (usedBytes / Math.max(1, usedBytes + freeBytes)) * 100;
  return (
    <Card title="Disk">
      <Group justify="space-between" mb={6}>
        <Text size="sm">{bytesText(usedBytes)} used by Millrace</Text>
        <Text size="sm" c="dimmed">
          {bytesText(freeBytes)} free
        </Text>
      </Group>
      <Progress value={Math.max(share, 0.5)} color={share > 90 ? "red" : "teal"} aria-label="Disk in use" />
    </Card>
  );
}

function Services({ services }: Pick<Status, "services">): ReactNode {
  const all = Object.entries(services).sort(([a], [b]) => (a < b ? -1 : 1));
  const running = all.filter(([, state]) => state === "running").length;
  return (
    <Card title={`Services: ${running} of ${all.length} running`}>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="xs">
        {all.map(([id, state]) => (
          <Group key={id} gap="xs" wrap="nowrap">
            <ColorSwatch
              size={10}
              withShadow={false}
              color={
                state === "running" ? "var(--mantine-color-teal-6)" : "var(--mantine-color-default-border)"
              }
              title={state}
            />
            <Text size="sm" truncate>
              {id}
            </Text>
          </Group>
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt="sm">
        A service starts with its first call.
      </Text>
    </Card>
  );
}
