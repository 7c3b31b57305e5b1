import type { Cluster } from "@aws-sdk/client-redshift";
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { QueryActivity } from "../query/warehouse/query-activity.tsx";
import { useClusters } from "../query/warehouse/use-warehouse.ts";
import type { WarehousePlace } from "../query/warehouse/warehouse-rows.ts";
import { ClusterActions } from "./cluster-actions.tsx";
import { EventsTab } from "./events-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { ParametersTab } from "./parameters-tab.tsx";
import { SnapshotsTab } from "./snapshots-tab.tsx";
import { TablesTab } from "./tables-tab.tsx";
import { UsersTab } from "./users-tab.tsx";

const tabs = Object.freeze({
  overview: "Overview",
  tables: "Tables",
  queries: "Queries",
  users: "Users",
  parameters: "Parameters",
  snapshots: "Snapshots",
  events: "Events",
});
type TabName = keyof typeof tabs;
const pollMs = 2_000;

/** One cluster. */
export function ClusterPage(): ReactNode {
  const { name = "", tab } = useParams();
  const found = useClusters({ everyMs: pollMs });
  const cluster = found.data?.find(({ ClusterIdentifier }) => ClusterIdentifier === name);
  return (
    <Page
      title={name}
      crumbs={[{ label: "Clusters", to: "/clusters" }]}
      badge={<StatusBadge status={cluster?.ClusterStatus} />}
      lead={cluster && `${cluster.NumberOfNodes} × ${cluster.NodeType} · version ${cluster.ClusterVersion}`}
      actions={cluster && <ClusterActions cluster={cluster} />}
      fills
    >
      <Loaded of={found}>
        {() =>
          cluster === undefined ? (
            <EmptyState title={`There is no cluster ${name} in this account and region`} />
          ) : (
            <Details
              cluster={cluster}
              tab={tab !== undefined && tab in tabs ? (tab as TabName) : "overview"}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

function Details({ cluster, tab }: { readonly cluster: Cluster; readonly tab: TabName }): ReactNode {
  const navigate = useNavigate();
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) => void navigate(`/clusters/${cluster.ClusterIdentifier}/${next ?? "overview"}`)}
      style={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}
    >
      <Tabs.List mb="md">
        {Object.entries(tabs).map(([key, label]) => (
          <Tabs.Tab key={key} value={key} px="sm">
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel
        value={tab}
        style={{ flex: 1, minHeight: 0, overflow: "auto", display: "flex", flexDirection: "column" }}
      >
        <TabContent cluster={cluster} tab={tab} />
      </Tabs.Panel>
    </Tabs>
  );
}

function TabContent({ cluster, tab }: { readonly cluster: Cluster; readonly tab: TabName }): ReactNode {
  const { session } = useConsole();
  const place: WarehousePlace = {
    cluster: cluster.ClusterIdentifier ?? "",
    database: cluster.DBName ?? "dev",
    user: session.mode === "trust" ? cluster.MasterUsername : undefined,
  };
  const isAvailable = cluster.ClusterStatus === "available";
  if (tab === "overview") return <OverviewTab cluster={cluster} place={isAvailable ? place : undefined} />;
  if (tab === "parameters") return <ParametersTab cluster={cluster} />;
  if (tab === "snapshots") return <SnapshotsTab cluster={cluster} />;
  if (tab === "events") return <EventsTab cluster={cluster} />;
  if (!isAvailable)
    return (
      <EmptyState title={`It is ${cluster.ClusterStatus}`}>
        What is in its databases can be seen while it is available.
      </EmptyState>
    );
  if (tab === "tables") return <TablesTab place={place} />;
  return tab === "queries" ? <QueryActivity place={place} /> : <UsersTab place={place} />;
}
