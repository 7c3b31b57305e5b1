import type { Cluster, Tag } from "@aws-sdk/client-redshift";
import { Badge, Card, Group, Progress, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CodeText } from "../../ui/code-panel.tsx";
import { FactTable } from "../../ui/facts.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { useWarehouse } from "../query/warehouse/use-warehouse.ts";
import type { WarehousePlace, WarehouseRow } from "../query/warehouse/warehouse-rows.ts";
import { connectLines } from "./connect-lines.ts";

const slicesSql = "select node, slice from stv_slices order by 1, 2";
const rowsSql = "select slice, sum(rows) as rows from stv_tbl_perm group by slice";
const storageSql = "select node, used, capacity from stv_node_storage_capacity order by 1";
const pollMs = 10_000;
const blockBytes = 1_048_576;

export interface OverviewTabProps {
  readonly cluster: Cluster;
  /** Undefined while the cluster cannot be asked. */
  readonly place: WarehousePlace | undefined;
}

/** What a cluster is made of and how it is reached. */
export function OverviewTab({ cluster, place }: OverviewTabProps): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <Stack>
        <Nodes place={place} />
        <Facts cluster={cluster} />
      </Stack>
      <Connect cluster={cluster} />
    </SimpleGrid>
  );
}

function Nodes({ place }: { readonly place: WarehousePlace | undefined }): ReactNode {
  const slices = useWarehouse(place, slicesSql);
  const counts = useWarehouse(place, rowsSql, { everyMs: pollMs });
  const storage = useWarehouse(place, storageSql, { everyMs: pollMs });
  const rows = new Map(counts.data?.map((row) => [Number(row["slice"]), Number(row["rows"] ?? 0)]));
  const byNode = Map.groupBy(slices.data ?? [], (row) => Number(row["node"]));
  // Only superusers see how much there is.
  const refused = slices.error ?? counts.error ?? storage.error;
  return (
    <div>
      <Title order={5} mb={6}>
        Nodes and slices
      </Title>
      {place === undefined && (
        <Text size="sm" c="dimmed">
          They are seen while the cluster is available.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {[...byNode].map(([node, own]) => (
          <NodeCard
            key={node}
            node={node}
            slices={own.map((row) => Number(row["slice"]))}
            rows={rows}
            storage={storage.data?.find((row) => Number(row["node"]) === node)}
          />
        ))}
      </SimpleGrid>
      {refused !== null && (
        <Text size="xs" c="dimmed" mt={6}>
          {refused.message}
        </Text>
      )}
    </div>
  );
}

interface NodeCardProps {
  readonly node: number;
  readonly slices: readonly number[];
  /** By slice; empty where they may not be seen. */
  readonly rows: ReadonlyMap<number, number>;
  readonly storage: WarehouseRow | undefined;
}

function NodeCard({ node, slices, rows, storage }: NodeCardProps): ReactNode {
  const most = Math.max(1, ...rows.values());
  return (
    <Card withBorder padding="xs">
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          node {node}
        </Text>
        {storage !== undefined && (
          <Text size="xs" c="dimmed">
            {bytesText(Number(storage["used"]) * blockBytes)} of{" "}
            {bytesText(Number(storage["capacity"]) * blockBytes)}
          </Text>
        )}
      </Group>
      {slices.map((slice) => (
        <Group key={slice} gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" w={48} style={{ flex: "none" }}>
            slice {slice}
          </Text>
          <Progress
            flex={1}
            size="sm"
            aria-label={`Rows of slice ${slice}`}
            value={(100 * (rows.get(slice) ?? 0)) / most}
          />
          <Text size="xs" w={76} ta="right" style={{ flex: "none", fontVariantNumeric: "tabular-nums" }}>
            {rows.get(slice)?.toLocaleString("en-US") ?? "–"}
          </Text>
        </Group>
      ))}
    </Card>
  );
}

function Facts({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const pending = Object.entries(cluster.PendingModifiedValues ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  const days = cluster.AutomatedSnapshotRetentionPeriod ?? 0;
  const tags = cluster.Tags ?? [];
  const items: readonly (readonly [string, ReactNode])[] = [
    ["ARN of the namespace", cluster.ClusterNamespaceArn],
    ["Availability", `${cluster.ClusterAvailabilityStatus}, ${cluster.AvailabilityZone}`],
    ["Created", timeText(cluster.ClusterCreateTime)],
    ["Maintenance", `${cluster.PreferredMaintenanceWindow}, track ${cluster.MaintenanceTrackName}`],
    ["Encrypted", cluster.Encrypted === true ? "yes" : "no"],
    ["Enhanced VPC routing", cluster.EnhancedVpcRouting === true ? "on" : "off"],
    ["IAM roles", cluster.IamRoles?.map(({ IamRoleArn }) => IamRoleArn).join(", ") || "none"],
    ["Retention of snapshots", `${days} ${days === 1 ? "day" : "days"}`],
    ["Waits to be changed", pending.map(([name, value]) => `${name} = ${value}`).join(", ")],
    ["Tags", tags.length === 0 ? "none" : <TagBadges key="tags" tags={tags} />],
  ];
  return <FactTable items={items} nameWidth={180} />;
}

function TagBadges({ tags }: { readonly tags: readonly Tag[] }): ReactNode {
  return (
    <Group gap={4}>
      {tags.map(({ Key, Value }) => (
        <Badge key={Key} size="sm" variant="light" tt="none">
          {Key}={Value}
        </Badge>
      ))}
    </Group>
  );
}

function Connect({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const [chosen, setChosen] = useState("psql");
  const lines = connectLines({
    cluster: cluster.ClusterIdentifier ?? "",
    host: cluster.Endpoint?.Address ?? "127.0.0.1",
    port: cluster.Endpoint?.Port ?? 5439,
    database: cluster.DBName ?? "dev",
    user: cluster.MasterUsername ?? "awsuser",
  });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={5}>Connect</Title>
        <Select
          size="xs"
          w={230}
          aria-label="How to connect"
          allowDeselect={false}
          data={lines.map(({ name }) => name)}
          value={chosen}
          onChange={(value) => setChosen(value ?? "psql")}
        />
      </Group>
      <CodeText text={lines.find(({ name }) => name === chosen)?.text ?? ""} />
      <Text size="xs" c="dimmed">
        Endpoint {cluster.Endpoint?.Address}:{cluster.Endpoint?.Port}. Clusters share it: the option{" "}
        <b>cluster</b> says which one is meant; without it, the one that has this user and database.
      </Text>
    </Stack>
  );
}
