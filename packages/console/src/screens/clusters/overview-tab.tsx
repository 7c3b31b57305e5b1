import type { Cluster } from "@aws-sdk/client-redshift";
import { Badge, Card, Group, Progress, Select, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CodeText } from "../../ui/code-panel.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { ErrorAlert } from "../../ui/states.tsx";
import { useWarehouse } from "../query/warehouse/use-warehouse.ts";
import type { WarehousePlace, WarehouseRow } from "../query/warehouse/warehouse-rows.ts";
import { connectLines } from "./connect-lines.ts";

const slicesSql = `select s.node, s.slice, coalesce(p.rows, 0) as rows from stv_slices s
left join (select slice, sum(rows) as rows from stv_tbl_perm group by slice) p on p.slice = s.slice order by 1, 2`;
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
  const slices = useWarehouse(place, slicesSql, { everyMs: pollMs });
  const storage = useWarehouse(place, storageSql, { everyMs: pollMs });
  if (slices.error !== null) return <ErrorAlert error={slices.error} />;
  const rows = slices.data ?? [];
  const byNode = Map.groupBy(rows, (row) => Number(row["node"]));
  const most = Math.max(1, ...rows.map((row) => Number(row["rows"])));
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
            slices={own}
            most={most}
            storage={storage.data?.find((row) => Number(row["node"]) === node)}
          />
        ))}
      </SimpleGrid>
    </div>
  );
}

interface NodeCardProps {
  readonly node: number;
  readonly slices: readonly WarehouseRow[];
  readonly most: number;
  readonly storage: WarehouseRow | undefined;
}

function NodeCard({ node, slices, most, storage }: NodeCardProps): ReactNode {
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
      {slices.map((row) => (
        <Group key={`${row["slice"]}`} gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" w={48} style={{ flex: "none" }}>
            slice {`${row["slice"]}`}
          </Text>
          <Progress
            flex={1}
            size="sm"
            aria-label={`Slice ${row["slice"]}: ${row["rows"]} rows`}
            value={(100 * Number(row["rows"])) / most}
          />
          <Text size="xs" w={76} ta="right" style={{ flex: "none", fontVariantNumeric: "tabular-nums" }}>
            {Number(row["rows"]).toLocaleString("en-US")}
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
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["ARN of the namespace", cluster.ClusterNamespaceArn],
    ["Availability", `${cluster.ClusterAvailabilityStatus}, ${cluster.AvailabilityZone}`],
    ["Created", timeText(cluster.ClusterCreateTime)],
    ["Maintenance", `${cluster.PreferredMaintenanceWindow}, track ${cluster.MaintenanceTrackName}`],
    ["Encrypted", cluster.Encrypted === true ? "yes" : "no"],
    ["Enhanced VPC routing", cluster.EnhancedVpcRouting === true ? "on" : "off"],
    ["IAM roles", cluster.IamRoles?.map(({ IamRoleArn }) => IamRoleArn).join(", ") || "none"],
    ["Retention of snapshots", `${cluster.AutomatedSnapshotRetentionPeriod} days`],
    ...(pending.length === 0
      ? []
      : [["Waits to be changed", pending.map(([name, value]) => `${name} = ${value}`).join(", ")] as const]),
  ];
  return (
    <Table withRowBorders={false} verticalSpacing={3}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td w={180} c="dimmed">
              {name}
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Td c="dimmed">Tags</Table.Td>
          <Table.Td>
            <Group gap={4}>
              {cluster.Tags?.map(({ Key, Value }) => (
                <Badge key={Key} size="sm" variant="light" tt="none">
                  {Key}={Value}
                </Badge>
              ))}
              {(cluster.Tags?.length ?? 0) === 0 && "none"}
            </Group>
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
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
