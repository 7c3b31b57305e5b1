import type { Cluster } from "@aws-sdk/client-redshift";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { Page } from "../../ui/page.tsx";
import { knownTab, PathTabs } from "../../ui/page-tabs.tsx";
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
  const current = knownTab(tabs, tab);
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
            <PathTabs path={`/clusters/${encodeURIComponent(name)}`} tabs={tabs} current={current}>
              <TabContent cluster={cluster} tab={current} />
            </PathTabs>
          )
        }
      </Loaded>
    </Page>
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
