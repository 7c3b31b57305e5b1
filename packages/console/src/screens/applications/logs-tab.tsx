import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { LogLine } from "./job/job-status.ts";

const pollMs = 3_000;
const maxEvents = 2_000;

const levelColors: Readonly<Record<string, string>> = { ERROR: "red", WARN: "orange" };

const columns: readonly Column<LogLine>[] = [
  {
    key: "time",
    title: "Time",
    width: "160px",
    value: ({ timeMs }) => timeMs,
    render: ({ timeMs }) => timeText(timeMs),
  },
  {
    key: "level",
    title: "Level",
    width: "70px",
    value: ({ level }) => level,
    render: ({ level }) => (
      <Text size="xs" c={levelColors[level] ?? "dimmed"}>
        {level}
      </Text>
    ),
  },
  {
    key: "message",
    title: "Message",
    width: "1fr",
    monospace: true,
    value: ({ message }) => message,
    render: ({ message }) => <span title={message}>{message}</span>,
  },
];

/** The log: of the running job, or of its log stream in CloudWatch Logs. */
export function LogsTab({
  detail,
  log,
}: {
  readonly detail: ApplicationDetail;
  readonly log: readonly LogLine[] | undefined;
}): ReactNode {
  const stream = detail.CloudWatchLoggingOptionDescriptions?.[0]?.LogStreamARN;
  if (stream !== undefined) return <LogStream arn={stream} />;
  if (log === undefined)
    return (
      <EmptyState title="There is no log to be seen">
        While an application runs its newest 200 lines are shown here. With a CloudWatch logging option, all
        of them are kept in a log stream, and shown when it does not run, too.
      </EmptyState>
    );
  return <Lines lines={log} />;
}

function LogStream({ arn }: { readonly arn: string }): ReactNode {
  const [, group = "", stream = ""] = /:log-group:([^:]+):log-stream:(.+)$/.exec(arn) ?? [];
  const found = useAws(
    "logs",
    ["events", group, stream],
    async (logs) => {
      const { events = [] } = await logs.getLogEvents({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: false,
        limit: maxEvents,
      });
      return events.map((event) => lineOf(event.timestamp ?? 0, event.message ?? ""));
    },
    { everyMs: pollMs },
  );
  return <Loaded of={found}>{(lines) => <Lines lines={lines} />}</Loaded>;
}

/** AWS's form of a line is a JSON object. */
function lineOf(timeMs: number, text: string): LogLine {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const { message = text, messageType = "INFO", logger = "" } = value;
    return { timeMs, level: `${messageType}`, logger: `${logger}`, message: `${message}` };
  } catch {
    return { timeMs, level: "", logger: "", message: text };
  }
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }): ReactNode {
  return (
    <DataTable
      label="lines"
      rows={lines.map((line, i) => ({ ...line, key: `${line.timeMs} ${i}` }))}
      columns={columns}
      rowKey={({ key }) => key}
      sort={{ key: "time", descending: true }}
      rowHeight={28}
      empty={<EmptyState title="Nothing was written yet" />}
    />
  );
}
