import { Badge, type MantineColor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Column } from "../../ui/data-table.tsx";
import { bytesText, durationText } from "../../ui/format.ts";
import { type RequestRecord, shortArn } from "./request-record.ts";

const decisionColors: Readonly<Record<RequestRecord["decision"], MantineColor>> = {
  trust: "gray",
  allowed: "teal",
  denied: "red",
  unauthenticated: "red",
  none: "gray",
};

/** To the millisecond, in the browser's zone. */
export function clockText(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString("sv-SE")}.${`${date.getMilliseconds()}`.padStart(3, "0")}`;
}

export function DecisionBadge({ record }: { readonly record: RequestRecord }): ReactNode {
  const { decision, decidedBy } = record;
  if (decision === "none")
    return (
      <Text span size="xs" c="dimmed">
        —
      </Text>
    );
  return (
    <Badge size="sm" variant="light" color={decisionColors[decision]} tt="none" title={decidedBy}>
      {decision}
      {decidedBy === "" ? "" : ` · ${decidedBy.replace(/ policy$/, "")}`}
    </Badge>
  );
}

export function CodeBadge({ record }: { readonly record: RequestRecord }): ReactNode {
  const { code, status } = record;
  if (code === "OK")
    return (
      <Text span size="xs" c="teal">
        {status}
      </Text>
    );
  const color = status >= 500 ? "red" : "orange";
  return (
    <Text span size="xs" c={color} title={code}>
      {status === 0 ? "" : `${status} `}
      {code}
    </Text>
  );
}

export const requestColumns: readonly Column<RequestRecord>[] = [
  {
    ...{ key: "at", title: "Time", width: "104px", monospace: true },
    value: ({ n }) => n,
    render: ({ at }) => clockText(at),
  },
  {
    ...{ key: "operation", title: "Call", width: "1.3fr" },
    value: ({ service, operation }) => `${service} ${operation}`,
    render: ({ service, operation }) => (
      <>
        <Text span size="xs" c="dimmed">
          {service}
        </Text>{" "}
        {operation}
      </>
    ),
  },
  {
    ...{ key: "resource", title: "Resource", width: "1.4fr", fromWidth: 700 },
    value: ({ resource }) => resource,
    render: ({ resource }) => <span title={resource}>{shortArn(resource)}</span>,
  },
  {
    ...{ key: "principal", title: "Principal", width: "1fr", fromWidth: 900 },
    value: ({ principal, account }) => `${principal} ${account}`,
    render: ({ principal }) => <span title={principal}>{shortArn(principal)}</span>,
  },
  {
    ...{ key: "decision", title: "Decision", width: "170px", fromWidth: 980 },
    value: ({ decision, decidedBy }) => `${decision} ${decidedBy}`,
    render: (record) => <DecisionBadge record={record} />,
  },
  {
    ...{ key: "code", title: "Answer", width: "1.6fr" },
    value: ({ code, status }) => `${status} ${code}`,
    render: (record) => <CodeBadge record={record} />,
  },
  {
    ...{ key: "durationMs", title: "Latency", width: "84px", align: "right" },
    value: ({ durationMs }) => durationMs,
    render: ({ durationMs }) => durationText(durationMs),
  },
  {
    ...{ key: "requestBytes", title: "Sent", width: "84px", align: "right", fromWidth: 1_100 },
    value: ({ requestBytes }) => requestBytes,
    render: ({ requestBytes }) => (requestBytes === 0 ? "" : bytesText(requestBytes)),
  },
  {
    // Searched by the table's filter, and shown in the details.
    ...{ key: "requestId", title: "Request id", width: "0px", fromWidth: 1_000_000 },
    value: ({ requestId, userAgent }) => `${requestId} ${userAgent}`,
  },
];
