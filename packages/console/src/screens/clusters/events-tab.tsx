import type { Cluster, Event } from "@aws-sdk/client-redshift";
import type { ReactNode } from "react";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";

const pollMs = 4_000;
/** As long as events are kept. */
const minutes = 20_160;
const maxPages = 20;

const columns: readonly Column<Event>[] = [
  {
    key: "at",
    title: "Time",
    width: "160px",
    value: ({ Date: at }) => at?.getTime(),
    render: ({ Date: at }) => timeText(at),
  },
  { key: "severity", title: "Severity", width: "100px", value: ({ Severity }) => Severity },
  {
    key: "id",
    title: "Event",
    fromWidth: 900,
    width: "180px",
    monospace: true,
    value: ({ EventId }) => EventId,
  },
  {
    key: "message",
    title: "Message",
    width: "4fr",
    value: ({ Message }) => Message,
    render: ({ Message }) => <span title={Message}>{Message}</span>,
  },
  {
    key: "categories",
    title: "Categories",
    fromWidth: 1000,
    width: "180px",
    value: ({ EventCategories }) => EventCategories?.join(", "),
  },
];

/** What happened to a cluster in the last two weeks. */
export function EventsTab({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const name = cluster.ClusterIdentifier ?? "";
  const found = useAws(
    "redshift",
    ["events", name],
    async (redshift) => {
      const all: Event[] = [];
      let marker: string | undefined;
      for (let page = 0; page < maxPages; page++) {
        const answer = await redshift.describeEvents({
          SourceIdentifier: name,
          SourceType: "cluster",
          Duration: minutes,
          ...(marker !== undefined && { Marker: marker }),
        });
        all.push(...(answer.Events ?? []));
        marker = answer.Marker;
        if (marker === undefined || marker === "") break;
      }
      return all;
    },
    { everyMs: pollMs },
  );
  return (
    <Loaded of={found}>
      {(events) => (
        <DataTable
          label="events"
          rows={events}
          columns={columns}
          rowKey={(event) => `${event.Date?.getTime()} ${event.EventId} ${event.Message}`}
          sort={{ key: "at", descending: true }}
          empty={
            <EmptyState title="Nothing has happened">
              Creating, resizing, pausing and the like are seen here.
            </EmptyState>
          }
        />
      )}
    </Loaded>
  );
}
