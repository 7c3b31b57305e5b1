import type { Cluster } from "@aws-sdk/client-redshift";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { useClusters } from "../query/warehouse/use-warehouse.ts";
import { CreateModal } from "./create-modal.tsx";

const pollMs = 3_000;

const columns: readonly Column<Cluster>[] = [
  { key: "name", title: "Cluster", width: "2fr", value: ({ ClusterIdentifier }) => ClusterIdentifier },
  {
    key: "status",
    title: "Status",
    width: "130px",
    value: ({ ClusterStatus }) => ClusterStatus,
    render: ({ ClusterStatus }) => <StatusBadge status={ClusterStatus} />,
  },
  { key: "type", title: "Node type", width: "120px", value: ({ NodeType }) => NodeType },
  {
    key: "nodes",
    title: "Nodes",
    width: "70px",
    align: "right",
    value: ({ NumberOfNodes }) => NumberOfNodes,
  },
  { key: "database", title: "Database", fromWidth: 900, width: "1fr", value: ({ DBName }) => DBName },
  {
    key: "user",
    title: "Admin user",
    fromWidth: 900,
    width: "1fr",
    value: ({ MasterUsername }) => MasterUsername,
  },
  {
    key: "endpoint",
    title: "Endpoint",
    width: "160px",
    monospace: true,
    value: ({ Endpoint }) => (Endpoint?.Address === undefined ? "" : `${Endpoint.Address}:${Endpoint.Port}`),
  },
  {
    key: "created",
    title: "Created",
    fromWidth: 900,
    width: "160px",
    value: ({ ClusterCreateTime }) => ClusterCreateTime?.getTime(),
    render: ({ ClusterCreateTime }) => timeText(ClusterCreateTime),
  },
];

/** All clusters of the account and region. */
export function ListPage(): ReactNode {
  const found = useClusters({ everyMs: pollMs });
  const [params, setParams] = useSearchParams();
  const create = (
    <Button size="xs" component={Link} to="/clusters?create" leftSection={<IconPlus size={15} />}>
      Create
    </Button>
  );
  return (
    <Page title="Clusters" lead="Redshift warehouses" fills actions={create}>
      <Loaded of={found}>
        {(clusters) => (
          <DataTable
            label="clusters"
            rows={clusters}
            columns={columns}
            rowKey={({ ClusterIdentifier }) => ClusterIdentifier ?? ""}
            to={({ ClusterIdentifier }) => `/clusters/${ClusterIdentifier}`}
            sort={{ key: "name" }}
            empty={
              <EmptyState title="There are no clusters in this account and region" action={create}>
                A cluster speaks Redshift's SQL over the PostgreSQL wire and the Data API.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateModal isOpen={params.has("create")} onClose={() => setParams({}, { replace: true })} />
    </Page>
  );
}
