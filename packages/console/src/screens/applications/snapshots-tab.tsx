import type { ApplicationDetail, SnapshotDetails } from "@aws-sdk/client-kinesis-analytics-v2";
import { Button, Group, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { isRunning } from "./use-application.ts";

const pollMs = 3_000;

/** Snapshots of the state: taken, gone back to, deleted. */
export function SnapshotsTab({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const ApplicationName = detail.ApplicationName ?? "";
  const found = useAws(
    "kinesis-analytics-v2",
    ["snapshots", ApplicationName],
    async (client) => {
      const all: SnapshotDetails[] = [];
      let token: string | undefined;
      do {
        const page = await client.listApplicationSnapshots({
          ApplicationName,
          ...(token !== undefined && { NextToken: token }),
        });
        all.push(...(page.SnapshotSummaries ?? []));
        token = page.NextToken;
      } while (token !== undefined);
      return all;
    },
    { everyMs: pollMs },
  );
  const columns = useColumns(detail);
  const take = <TakeSnapshot detail={detail} />;
  return (
    <Loaded of={found}>
      {(snapshots) => (
        <DataTable
          label="snapshots"
          rows={snapshots}
          columns={columns}
          rowKey={({ SnapshotName }) => SnapshotName ?? ""}
          sort={{ key: "created", descending: true }}
          tools={take}
          empty={
            <EmptyState title="There are no snapshots" action={take}>
              A snapshot is the state of all operators and how far each stream was read. Stop takes one too,
              where snapshots are enabled.
            </EmptyState>
          }
        />
      )}
    </Loaded>
  );
}

function TakeSnapshot({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const [name, setName] = useState("");
  const ApplicationName = detail.ApplicationName ?? "";
  const take = useAwsAction(
    "kinesis-analytics-v2",
    (client) => client.createApplicationSnapshot({ ApplicationName, SnapshotName: name }),
    { done: () => `The snapshot ${name} is being taken.` },
  );
  return (
    <Group
      gap="xs"
      wrap="nowrap"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "") take.mutate(undefined, { onSuccess: () => setName("") });
      }}
    >
      <TextInput
        size="xs"
        aria-label="Name of the snapshot"
        placeholder="name of a new one"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        size="xs"
        type="submit"
        leftSection={<IconCamera size={14} />}
        loading={take.isPending}
        disabled={name === "" || !isRunning(detail.ApplicationStatus)}
        title={isRunning(detail.ApplicationStatus) ? "" : "Snapshots are taken of a running application"}
      >
        Take a snapshot
      </Button>
    </Group>
  );
}

function useColumns(detail: ApplicationDetail): readonly Column<SnapshotDetails>[] {
  const { ApplicationName = "", ApplicationStatus: status } = detail;
  const restore = useAwsAction(
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
  const remove = useAwsAction(
    "kinesis-analytics-v2",
    (client, { SnapshotName, SnapshotCreationTimestamp }: SnapshotDetails) =>
      client.deleteApplicationSnapshot({ ApplicationName, SnapshotName, SnapshotCreationTimestamp }),
    { done: (_, { SnapshotName }) => `${SnapshotName} is deleted.` },
  ).mutate;
  return useMemo(
    () => [
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
      {
        key: "actions",
        title: "",
        width: "180px",
        value: () => undefined,
        render: (one) => (
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Button
              size="compact-xs"
              variant="light"
              onClick={() =>
                confirm({
                  title: `Go back to ${one.SnapshotName}?`,
                  message:
                    "The job is started from this state. Records that came after it are read and written again.",
                  action: "Restore",
                  onConfirm: () => restore(one.SnapshotName ?? ""),
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
                  title: `Delete ${one.SnapshotName}?`,
                  message: "The job cannot be started from this state any more.",
                  action: "Delete",
                  onConfirm: () => remove(one),
                })
              }
            >
              Delete
            </Button>
          </Group>
        ),
      },
    ],
    [restore, remove],
  );
}
