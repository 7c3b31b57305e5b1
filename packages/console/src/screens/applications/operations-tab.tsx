import type { ApplicationOperationInfo } from "@aws-sdk/client-kinesis-analytics-v2";
import { Code, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { durationText, timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

const pollMs = 3_000;
const pageSize = 50;
const maxPages = 20;

const columns: readonly Column<ApplicationOperationInfo>[] = [
  { key: "operation", title: "Operation", width: "2fr", value: ({ Operation }) => Operation },
  {
    key: "status",
    title: "Status",
    width: "130px",
    value: ({ OperationStatus }) => OperationStatus,
    render: ({ OperationStatus }) => <StatusBadge status={OperationStatus} />,
  },
  {
    key: "started",
    title: "Started",
    width: "170px",
    value: ({ StartTime }) => StartTime?.getTime(),
    render: ({ StartTime }) => timeText(StartTime),
  },
  {
    key: "took",
    title: "Took",
    width: "90px",
    align: "right",
    value: tookMs,
    render: (operation) => {
      const ms = tookMs(operation);
      return ms === undefined ? "" : durationText(ms);
    },
  },
  {
    key: "id",
    title: "Id",
    fromWidth: 900,
    width: "2fr",
    monospace: true,
    value: ({ OperationId }) => OperationId,
  },
];

function tookMs({ StartTime, EndTime }: ApplicationOperationInfo): number | undefined {
  return StartTime === undefined || EndTime === undefined
    ? undefined
    : EndTime.getTime() - StartTime.getTime();
}

/** What was done to an application, and how it went. */
export function OperationsTab({ name }: { readonly name: string }): ReactNode {
  const [opened, setOpened] = useState<string | undefined>();
  const found = useAws(
    "kinesis-analytics-v2",
    ["operations", name],
    async (client) => {
      const all: ApplicationOperationInfo[] = [];
      let token: string | undefined;
      for (let page = 0; page < maxPages; page++) {
        const answer = await client.listApplicationOperations({
          ApplicationName: name,
          Limit: pageSize,
          ...(token !== undefined && { NextToken: token }),
        });
        all.push(...(answer.ApplicationOperationInfoList ?? []));
        token = answer.NextToken;
        if (token === undefined) break;
      }
      return all;
    },
    { everyMs: pollMs },
  );
  return (
    <Loaded of={found}>
      {(operations) => (
        <>
          <DataTable
            label="operations"
            rows={operations}
            columns={columns}
            rowKey={({ OperationId }) => OperationId ?? ""}
            onOpen={({ OperationId }) => setOpened(OperationId)}
            sort={{ key: "started", descending: true }}
            empty={<EmptyState title="Nothing was done with it yet" />}
          />
          <Modal
            opened={opened !== undefined}
            onClose={() => setOpened(undefined)}
            title="Operation"
            size="lg"
          >
            {opened !== undefined && <Operation name={name} id={opened} />}
          </Modal>
        </>
      )}
    </Loaded>
  );
}

function Operation({ name, id }: { readonly name: string; readonly id: string }): ReactNode {
  const found = useAws("kinesis-analytics-v2", ["operation", name, id], (client) =>
    client.describeApplicationOperation({ ApplicationName: name, OperationId: id }),
  );
  return (
    <Loaded of={found}>
      {({ ApplicationOperationInfoDetails: operation }) => (
        <Stack gap="xs">
          <Text size="sm">
            {operation?.Operation} <StatusBadge status={operation?.OperationStatus} />
          </Text>
          <Text size="sm" c="dimmed">
            {timeText(operation?.StartTime)} to {timeText(operation?.EndTime)}
          </Text>
          <Code block>
            {operation?.OperationFailureDetails?.ErrorInfo?.ErrorString ??
              JSON.stringify(operation?.ApplicationVersionChangeDetails ?? {}, null, 2)}
          </Code>
        </Stack>
      )}
    </Loaded>
  );
}
