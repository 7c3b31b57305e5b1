import { Drawer, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { agoText, bytesText, countText, durationText, rateText } from "../../ui/format.ts";
import { type Consumer, type ConsumerShard, shortShard } from "./stream-data.ts";

export interface ConsumerShardsProps {
  readonly consumer: Consumer | undefined;
  readonly nowMs: number;
  readonly onClose: () => void;
}

/** Where a consumer is in each shard. */
export function ConsumerShards({ consumer, nowMs, onClose }: ConsumerShardsProps): ReactNode {
  return (
    <Drawer
      opened={consumer !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={consumer?.name ?? "Consumer"}
    >
      {consumer !== undefined && (
        <Stack gap="xs">
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[consumer.arn ?? consumer.principal, consumer.library].filter(Boolean).join(" · ")}
          </Text>
          <DataTable
            label="shards"
            rows={consumer.shards}
            columns={columnsAt(nowMs)}
            rowKey={({ shardId }) => shardId}
            height="calc(100dvh - 180px)"
            sort={{ key: "lag", descending: true }}
            empty={<Text size="sm">It has not read any shard.</Text>}
          />
        </Stack>
      )}
    </Drawer>
  );
}

function columnsAt(nowMs: number): readonly Column<ConsumerShard>[] {
  return [
    { key: "shard", title: "Shard", width: "60px", value: ({ shardId }) => Number(shortShard(shardId)) },
    {
      key: "lag",
      title: "Behind",
      align: "right",
      value: ({ lagMs }) => lagMs,
      render: ({ lagMs }) => (lagMs === 0 ? "–" : durationText(lagMs)),
    },
    {
      key: "records",
      title: "Records",
      align: "right",
      value: ({ behindRecords }) => behindRecords,
      render: ({ behindRecords }) => countText(behindRecords),
    },
    {
      key: "bytes",
      title: "Bytes",
      align: "right",
      value: ({ behindBytes }) => behindBytes,
      render: ({ behindBytes }) => bytesText(behindBytes),
    },
    {
      key: "rate",
      title: "A second",
      align: "right",
      value: ({ recordsPerSecond }) => recordsPerSecond,
      render: ({ recordsPerSecond }) => rateText(recordsPerSecond),
    },
    {
      key: "last",
      title: "Last read",
      align: "right",
      value: ({ lastAt }) => lastAt,
      render: ({ lastAt }) => (lastAt === undefined ? "never" : agoText(lastAt, nowMs)),
    },
    { key: "owner", title: "Lease of", value: ({ owner, checkpoint }) => owner ?? checkpoint },
  ];
}
