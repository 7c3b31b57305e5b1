import { Button, SegmentedControl, Text } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { useAction } from "../../../api/queries.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { durationText, timeText } from "../../../ui/format.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { useWarehouse } from "./use-warehouse.ts";
import { ownStatement, type WarehousePlace, type WarehouseRow, warehouseRows } from "./warehouse-rows.ts";

const maxQueries = 2_000;
const pollMs = 2_000;

const queriesSql = `select query_id, trim(query_type) as query_type, trim(status) as status, session_id, start_time,
elapsed_time, queue_time, execution_time, returned_rows, trim(database_name) as database_name,
trim(query_text) as query_text, trim(error_message) as error_message, u.usename
from sys_query_history h left join pg_user u on u.usesysid = h.user_id
where query_text not like '${ownStatement.slice(0, 11)}%' order by start_time desc limit ${maxQueries}`;

interface ListedQuery {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly pid: number;
  readonly user: string;
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly queueMs: number;
  readonly rows: number;
  readonly text: string;
  readonly error: string;
}

/** What runs on a cluster, what waits, and what ran; what runs can be cancelled. */
export function QueryActivity({ place }: { readonly place: WarehousePlace }): ReactNode {
  const [shown, setShown] = useState("all");
  const found = useWarehouse(place, queriesSql, { everyMs: pollMs });
  const columns = useColumns(place);
  return (
    <>
      <Text size="xs" c="dimmed" mb="xs">
        Millrace runs all statements at once: there are no workload queues to wait in, and STV_WLM_QUERY_STATE
        is not there. What is seen is SYS_QUERY_HISTORY since the start.
      </Text>
      <Loaded of={found}>
        {(rows) => (
          <DataTable
            label="queries"
            rows={rows.map(listed).filter(({ status }) => shown === "all" || status === shown)}
            columns={columns}
            rowKey={({ id }) => id}
            sort={{ key: "started", descending: true }}
            tools={
              <SegmentedControl
                size="xs"
                aria-label="Which queries"
                data={["all", "running", "failed"]}
                value={shown}
                onChange={setShown}
              />
            }
            empty={<EmptyState title={shown === "running" ? "Nothing runs" : "No query was run yet"} />}
          />
        )}
      </Loaded>
    </>
  );
}

function useColumns(place: WarehousePlace): readonly Column<ListedQuery>[] {
  const { mutate, isPending, variables } = useAction(
    async (pid: number, { clients }) =>
      warehouseRows(await clients.get("redshift-data"), place, `cancel ${pid}`),
    { changes: [["redshift-data"]], done: () => "The query is cancelled." },
  );
  return useMemo(
    () => [
      {
        key: "status",
        title: "Status",
        width: "110px",
        value: (query) => query.status,
        render: (query) => <StatusBadge status={query.status} />,
      },
      {
        key: "query",
        title: "Query",
        width: "4fr",
        monospace: true,
        value: (query) => query.text,
        render: (query) => <span title={query.error === "" ? query.text : query.error}>{query.text}</span>,
      },
      { key: "user", title: "User", fromWidth: 800, width: "110px", value: (query) => query.user },
      { key: "type", title: "Type", fromWidth: 1000, width: "80px", value: (query) => query.type },
      {
        key: "started",
        title: "Started",
        fromWidth: 760,
        width: "150px",
        value: (query) => query.startedAt,
        render: (query) => timeText(query.startedAt),
      },
      { ...timeColumn("queue", "Queued", (query) => query.queueMs), fromWidth: 1000 },
      timeColumn("elapsed", "Took", (query) => query.elapsedMs),
      {
        key: "rows",
        title: "Rows",
        fromWidth: 760,
        width: "80px",
        align: "right",
        value: (query) => query.rows,
      },
      {
        key: "cancel",
        title: "",
        width: "80px",
        value: () => undefined,
        render: (query) =>
          query.status === "running" ? (
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              loading={isPending && variables === query.pid}
              onClick={() => mutate(query.pid)}
            >
              Cancel
            </Button>
          ) : undefined,
      },
    ],
    [mutate, isPending, variables],
  );
}

function timeColumn(key: string, title: string, value: (query: ListedQuery) => number): Column<ListedQuery> {
  return { key, title, width: "80px", align: "right", value, render: (query) => durationText(value(query)) };
}

function listed(row: WarehouseRow): ListedQuery {
  const text = (name: string): string => `${row[name] ?? ""}`;
  return {
    id: text("query_id"),
    type: text("query_type"),
    status: text("status"),
    pid: Number(row["session_id"]),
    user: text("usename"),
    startedAt: Date.parse(`${text("start_time").replace(" ", "T")}Z`),
    elapsedMs: Number(row["elapsed_time"] ?? 0) / 1_000,
    queueMs: Number(row["queue_time"] ?? 0) / 1_000,
    rows: Number(row["returned_rows"] ?? 0),
    text: text("query_text").replace(/\s+/g, " "),
    error: text("error_message"),
  };
}
