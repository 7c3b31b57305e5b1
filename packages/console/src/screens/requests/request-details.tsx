import { Anchor, Button, CopyButton, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Facts } from "../../ui/facts.tsx";
import { bytesText, durationText, timeText } from "../../ui/format.ts";
import { CodeBadge, DecisionBadge } from "./request-columns.tsx";
import { type RequestRecord, screenOf } from "./request-record.ts";

export interface RequestDetailsProps {
  readonly record: RequestRecord | undefined;
  readonly onClose: () => void;
}

/** All that is known of one call. What was sent is not kept. */
export function RequestDetails({ record, onClose }: RequestDetailsProps): ReactNode {
  const title = record === undefined ? "" : `${record.service} ${record.operation}`;
  return (
    <Drawer
      opened={record !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={<Text fw={650}>{title}</Text>}
    >
      {record !== undefined && <Details record={record} />}
    </Drawer>
  );
}

function Details({ record }: { readonly record: RequestRecord }): ReactNode {
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <CodeBadge record={record} />
        <DecisionBadge record={record} />
        <Text size="sm" c="dimmed">
          {durationText(record.durationMs)}
        </Text>
      </Group>
      <Facts
        columns={2}
        items={[
          ["Time", timeText(record.at)],
          ["Latency", durationText(record.durationMs)],
          ["Account", record.account],
          ["Region", record.region],
          ["Sent", bytesText(record.requestBytes)],
          ["From", record.remoteAddress],
        ]}
      />
      <Facts
        columns={1}
        items={[
          ["Resource", <Resource key="resource" arn={record.resource} />],
          ["Principal", record.principal],
          ["Decision", decisionText(record)],
          ["Client", record.userAgent],
          ["Request id", record.requestId],
        ]}
      />
      <CopyButton value={JSON.stringify(record, undefined, 2)}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            style={{ alignSelf: "flex-start" }}
          >
            {copied ? "Copied" : "Copy as JSON"}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}

function Resource({ arn }: { readonly arn: string }): ReactNode {
  const screen = screenOf(arn);
  if (arn === "") return "—";
  return screen === undefined ? (
    arn
  ) : (
    <Anchor component={Link} to={screen} size="sm">
      {arn}
    </Anchor>
  );
}

function decisionText({ decision, decidedBy, code }: RequestRecord): string {
  switch (decision) {
    case "trust":
      return "Everybody may do everything here (--auth trust).";
    case "allowed":
      return decidedBy === "root" ? "Allowed: the account's root." : `Allowed by an ${decidedBy}.`;
    case "denied":
      return `Denied: ${decidedBy}.`;
    case "unauthenticated":
      return `Not proven who sent it: ${code}.`;
    default:
      return "No permission was asked for.";
  }
}
