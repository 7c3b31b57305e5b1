import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { SnapshotForm } from "../../ui/snapshot-form.tsx";
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
    (client) =>
      allPages(async (NextToken) => {
        const output = await client.listApplicationSnapshots({ ApplicationName, NextToken });
        return { items: output.SnapshotSummaries, next: output.NextToken };
      }),
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
  const ApplicationName = detail.ApplicationName ?? "";
  const take = useAwsAction(
    "kinesis-analytics-v2",
    (client, SnapshotName: string) => client.createApplicationSnapshot({ ApplicationName, SnapshotName }),
    { done: (_, name) => `The snapshot ${name} is being taken.` },
  );
  return (
    <SnapshotForm
      isBusy={take.isPending}
      onTake={take.mutate}
      {...(!isRunning(detail.ApplicationStatus) && {
        problem: "Snapshots are taken of a running application",
      })}
    />
  );
}
