import type { ApplicationDetail, SnapshotDetails } from "@aws-sdk/client-kinesis-analytics-v2";
import { Button, Group, TextInput } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useSnapshotColumns } from "./snapshot-columns.tsx";
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
  const columns = useSnapshotColumns(detail);
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
