import type { ApplicationDetail, SnapshotDetails } from "@aws-sdk/client-kinesis-analytics-v2";
import { Group } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useAwsAction } from "../../api/queries.ts";
import { RowButton } from "../../ui/confirm-button.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { isRunning } from "./use-application.ts";

const facts: readonly Column<SnapshotDetails>[] = [
  { key: "name", title: "Name", width: "2fr", value: ({ SnapshotName }) => SnapshotName },
  {
    key: "status",
    title: "Status",
    width: "110px",
    value: ({ SnapshotStatus }) => SnapshotStatus,
    render: ({ SnapshotStatus }) => <StatusBadge status={SnapshotStatus} />,
  },
  {
    key: "version",
    title: "Version",
    width: "90px",
    align: "right",
    value: (one) => one.ApplicationVersionId,
  },
  {
    key: "created",
    title: "Created",
    width: "170px",
    value: ({ SnapshotCreationTimestamp }) => SnapshotCreationTimestamp?.getTime(),
    render: ({ SnapshotCreationTimestamp }) => timeText(SnapshotCreationTimestamp),
  },
];

/** What the list says of a snapshot of the application, and what can be done with it. */
export function useSnapshotColumns(detail: ApplicationDetail): readonly Column<SnapshotDetails>[] {
  const restore = useRestore(detail);
  const remove = useRemove(detail);
  return useMemo(
    () => [
      ...facts,
      {
        key: "actions",
        title: "",
        width: "180px",
        value: () => undefined,
        render: (one) => (
          <SnapshotActions
            name={one.SnapshotName ?? ""}
            onRestore={() => restore(one.SnapshotName ?? "")}
            onRemove={() => remove(one)}
          />
        ),
      },
    ],
    [restore, remove],
  );
}

/** A job that does not run is started from the snapshot; one that runs is taken back to it. */
function useRestore(detail: ApplicationDetail): (snapshot: string) => void {
  const { ApplicationName = "", ApplicationStatus: status } = detail;
  return useAwsAction(
    "kinesis-analytics-v2",
    async (client, SnapshotName: string): Promise<unknown> => {
      const ApplicationRestoreConfiguration = {
        ApplicationRestoreType: "RESTORE_FROM_CUSTOM_SNAPSHOT" as const,
        SnapshotName,
      };
      if (!isRunning(status))
        return client.startApplication({
          ApplicationName,
          RunConfiguration: { ApplicationRestoreConfiguration },
        });
      return client.updateApplication({
        ApplicationName,
        ConditionalToken: detail.ConditionalToken,
        RunConfigurationUpdate: { ApplicationRestoreConfiguration },
      });
    },
    { done: (_, name) => `The job starts from ${name}.` },
  ).mutate;
}

function useRemove({ ApplicationName = "" }: ApplicationDetail): (snapshot: SnapshotDetails) => void {
  return useAwsAction(
    "kinesis-analytics-v2",
    (client, { SnapshotName, SnapshotCreationTimestamp }: SnapshotDetails) =>
      client.deleteApplicationSnapshot({ ApplicationName, SnapshotName, SnapshotCreationTimestamp }),
    { done: (_, { SnapshotName }) => `${SnapshotName} is deleted.` },
  ).mutate;
}

interface SnapshotActionsProps {
  readonly name: string;
  readonly onRestore: () => void;
  readonly onRemove: () => void;
}

function SnapshotActions({ name, onRestore, onRemove }: SnapshotActionsProps): ReactNode {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <RowButton
        title={`Go back to ${name}?`}
        message="The job is started from this state. Records that came after it are read and written again."
        action="Restore"
        onConfirm={onRestore}
      />
      <RowButton
        isLoss
        title={`Delete ${name}?`}
        message="The job cannot be started from this state any more."
        action="Delete"
        onConfirm={onRemove}
      />
    </Group>
  );
}
