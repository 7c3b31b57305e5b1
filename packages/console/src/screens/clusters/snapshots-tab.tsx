import type { Cluster } from "@aws-sdk/client-redshift";
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { SnapshotForm } from "../../ui/snapshot-form.tsx";
import { EmptyState, ErrorAlert, Loaded } from "../../ui/states.tsx";
import { useSnapshotColumns } from "./snapshot-columns.tsx";

/** Snapshots of a cluster, taken and restored through Redshift's API. */
export function SnapshotsTab({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const ClusterIdentifier = cluster.ClusterIdentifier ?? "";
  const found = useAws("redshift", ["snapshots", ClusterIdentifier], (redshift) =>
    allPages(async (Marker) => {
      const output = await redshift.describeClusterSnapshots({ ClusterIdentifier, Marker });
      return { items: output.Snapshots, next: output.Marker };
    }),
  );
  const columns = useSnapshotColumns(cluster);
  const take = <TakeSnapshot cluster={cluster} />;
  return (
    <>
      <Loaded of={found}>
        {(snapshots) => (
          <DataTable
            label="snapshots"
            rows={snapshots}
            columns={columns}
            rowKey={({ SnapshotIdentifier }) => SnapshotIdentifier ?? ""}
            sort={{ key: "created", descending: true }}
            tools={take}
            empty={<EmptyState title="There are no snapshots" action={take} />}
          />
        )}
      </Loaded>
      {found.error !== null && <Group mt="md">{take}</Group>}
    </>
  );
}

function TakeSnapshot({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const { ClusterIdentifier } = cluster;
  const take = useAwsAction("redshift", (redshift, SnapshotIdentifier: string) =>
    redshift.createClusterSnapshot({ ClusterIdentifier, SnapshotIdentifier }),
  );
  return (
    <>
      <SnapshotForm isBusy={take.isPending} onTake={take.mutate} />
      {take.error !== null && <ErrorAlert error={take.error} />}
    </>
  );
}
