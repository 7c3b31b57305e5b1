import type { Cluster, Snapshot } from "@aws-sdk/client-redshift";
import { Button, Group, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, ErrorAlert, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

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
  const columns = useColumns(cluster);
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

function useColumns(cluster: Cluster): readonly Column<Snapshot>[] {
  const restore = useAwsAction(
    "redshift",
    (redshift, SnapshotIdentifier: string) =>
      redshift.restoreFromClusterSnapshot({
        SnapshotIdentifier,
        ClusterIdentifier: `${cluster.ClusterIdentifier}-restored`,
      }),
    { done: () => `${cluster.ClusterIdentifier}-restored is being made.` },
  ).mutate;
  const remove = useAwsAction("redshift", (redshift, SnapshotIdentifier: string) =>
    redshift.deleteClusterSnapshot({ SnapshotIdentifier }),
  ).mutate;
  return useMemo(
    () => [
      { key: "name", title: "Snapshot", width: "2fr", value: ({ SnapshotIdentifier }) => SnapshotIdentifier },
      {
        key: "status",
        title: "Status",
        width: "120px",
        value: ({ Status }) => Status,
        render: ({ Status }) => <StatusBadge status={Status} />,
      },
      { key: "type", title: "Type", width: "110px", value: ({ SnapshotType }) => SnapshotType },
      {
        key: "created",
        title: "Created",
        width: "170px",
        value: ({ SnapshotCreateTime }) => SnapshotCreateTime?.getTime(),
        render: ({ SnapshotCreateTime }) => timeText(SnapshotCreateTime),
      },
      {
        key: "size",
        title: "MB",
        width: "90px",
        align: "right",
        value: ({ TotalBackupSizeInMegaBytes }) => TotalBackupSizeInMegaBytes,
      },
      {
        key: "actions",
        title: "",
        width: "180px",
        value: () => undefined,
        render: ({ SnapshotIdentifier: name = "" }) => (
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Button
              size="compact-xs"
              variant="light"
              onClick={() =>
                confirm({
                  title: `Restore ${name}?`,
                  message: `A new cluster ${cluster.ClusterIdentifier}-restored is made of it.`,
                  action: "Restore",
                  onConfirm: () => restore(name),
                })
              }
            >
              Restore
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              onClick={() =>
                confirm({
                  title: `Delete ${name}?`,
                  message: "Nothing can be restored from it any more.",
                  action: "Delete",
                  onConfirm: () => remove(name),
                })
              }
            >
              Delete
            </Button>
          </Group>
        ),
      },
    ],
    [cluster.ClusterIdentifier, restore, remove],
  );
}
