import type { Cluster, Snapshot } from "@aws-sdk/client-redshift";
import { Button, Group, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, ErrorAlert, Loaded } from "../../ui/states.tsx";
import { useSnapshotColumns } from "./snapshot-columns.tsx";

/** Snapshots of a cluster, taken and restored through Redshift's API. */
export function SnapshotsTab({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const ClusterIdentifier = cluster.ClusterIdentifier ?? "";
  const found = useAws("redshift", ["snapshots", ClusterIdentifier], async (redshift) => {
    const all: Snapshot[] = [];
    let marker: string | undefined;
    do {
      const page = await redshift.describeClusterSnapshots({
        ClusterIdentifier,
        ...(marker !== undefined && { Marker: marker }),
      });
      all.push(...(page.Snapshots ?? []));
      marker = page.Marker;
    } while (marker !== undefined && marker !== "");
    return all;
  });
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
  const [name, setName] = useState("");
  const take = useAwsAction("redshift", (redshift) =>
    redshift.createClusterSnapshot({
      ClusterIdentifier: cluster.ClusterIdentifier,
      SnapshotIdentifier: name,
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate(undefined, { onSuccess: () => setName("") });
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          required
          aria-label="Name of the snapshot"
          placeholder="name of a new one"
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <Button
          size="xs"
          type="submit"
          leftSection={<IconCamera size={14} />}
          loading={take.isPending}
          disabled={name === ""}
        >
          Take a snapshot
        </Button>
      </Group>
      {take.error !== null && <ErrorAlert error={take.error} />}
    </form>
  );
}
