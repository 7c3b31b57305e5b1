import type { Cluster, Snapshot } from "@aws-sdk/client-redshift";
import { Group } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useAwsAction } from "../../api/queries.ts";
import { RowButton } from "../../ui/confirm-button.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { StatusBadge } from "../../ui/status-badge.tsx";

const facts: readonly Column<Snapshot>[] = [
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
];

/** What the list says of a snapshot of the cluster, and what can be done with it. */
export function useSnapshotColumns({ ClusterIdentifier }: Cluster): readonly Column<Snapshot>[] {
  const restored = `${ClusterIdentifier}-restored`;
  const restore = useAwsAction(
    "redshift",
    (redshift, SnapshotIdentifier: string) =>
      redshift.restoreFromClusterSnapshot({ SnapshotIdentifier, ClusterIdentifier: restored }),
    { done: () => `${restored} is being made.` },
  ).mutate;
  const remove = useAwsAction("redshift", (redshift, SnapshotIdentifier: string) =>
    redshift.deleteClusterSnapshot({ SnapshotIdentifier }),
  ).mutate;
  return useMemo(
    () => [
      ...facts,
      {
        key: "actions",
        title: "",
        width: "180px",
        value: () => undefined,
        render: ({ SnapshotIdentifier: name = "" }) => (
          <SnapshotActions
            name={name}
            restored={restored}
            onRestore={() => restore(name)}
            onRemove={() => remove(name)}
          />
        ),
      },
    ],
    [restored, restore, remove],
  );
}

interface SnapshotActionsProps {
  readonly name: string;
  /** The cluster that a restore makes. */
  readonly restored: string;
  readonly onRestore: () => void;
  readonly onRemove: () => void;
}

function SnapshotActions({ name, restored, onRestore, onRemove }: SnapshotActionsProps): ReactNode {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <RowButton
        title={`Restore ${name}?`}
        message={`A new cluster ${restored} is made of it.`}
        action="Restore"
        onConfirm={onRestore}
      />
      <RowButton
        isLoss
        title={`Delete ${name}?`}
        message="Nothing can be restored from it any more."
        action="Delete"
        onConfirm={onRemove}
      />
    </Group>
  );
}
