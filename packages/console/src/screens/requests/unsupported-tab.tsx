import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useMillrace } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { countText, timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";

export interface UnsupportedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly count: number;
  readonly lastAt: number;
  readonly userAgent: string;
}

const columns: readonly Column<UnsupportedCall>[] = [
  { key: "service", title: "Service", width: "180px", value: ({ service }) => service },
  { key: "operation", title: "Operation", width: "1fr", value: ({ operation }) => operation },
  {
    ...{ key: "count", title: "Calls", width: "90px", align: "right" },
    value: ({ count }) => count,
    render: ({ count }) => countText(count),
  },
  {
    ...{ key: "lastAt", title: "Last", width: "170px", monospace: true },
    value: ({ lastAt }) => lastAt,
    render: ({ lastAt }) => timeText(lastAt),
  },
  {
    ...{ key: "userAgent", title: "Client", width: "1.4fr", fromWidth: 800 },
    value: ({ userAgent }) => userAgent,
    render: ({ userAgent }) => <span title={userAgent}>{userAgent}</span>,
  },
];

/** Calls that were answered with 501, because Millrace does not have the operation. */
export function UnsupportedTab(): ReactNode {
  const calls = useMillrace<{ readonly items: readonly UnsupportedCall[] }>(
    "unsupported",
    {},
    { everyMs: 3_000 },
  );
  return (
    <Loaded of={calls}>
      {({ items }) => (
        <DataTable
          label="unsupported calls"
          rows={items}
          columns={columns}
          rowKey={({ account, service, operation }) => `${account} ${service} ${operation}`}
          sort={{ key: "lastAt", descending: true }}
          empty={
            <EmptyState title="Nothing was asked for in vain">
              <Text size="sm">
                What Millrace does not have, it answers with 501 NotImplemented and lists here, with who asked
                for it.
              </Text>
            </EmptyState>
          }
        />
      )}
    </Loaded>
  );
}
