import type { Shard } from "@aws-sdk/client-kinesis";
import { Anchor, Button, CloseButton, Group, Menu, Paper, SimpleGrid, Text, TextInput } from "@mantine/core";
import { IconArrowsJoin, IconArrowsSplit, IconTerminal2 } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useAwsAction } from "../../../api/queries.ts";
import { bytesText, countText } from "../../../ui/format.ts";
import { type ShardUse, shortShard } from "../stream-data.ts";
import { middleOf, neighborsOf, type PlacedShard, shareText } from "./shard-layout.ts";

export interface ShardDetailsProps {
  readonly stream: string;
  readonly shard: Shard;
  readonly placed: PlacedShard;
  readonly all: readonly PlacedShard[];
  readonly use: ShardUse | undefined;
  readonly canReshard: boolean;
  readonly onClose: () => void;
}

export function ShardDetails(props: ShardDetailsProps): ReactNode {
  const { stream, shard, placed, use, onClose } = props;
  const { StartingSequenceNumber, EndingSequenceNumber } = shard.SequenceNumberRange ?? {};
  return (
    <Paper
      withBorder
      p="sm"
      my="sm"
      style={{ flex: "none" }}
      aria-label={`Shard ${placed.id}`}
      component="section"
    >
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Text fw={600} size="sm" ff="monospace">
          {placed.id}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button
            component={Link}
            to={`/streams/${encodeURIComponent(stream)}?shard=${placed.id}${placed.isOpen ? "" : "&from=oldest"}`}
            size="xs"
            variant="default"
            leftSection={<IconTerminal2 size={14} />}
          >
            Tail it
          </Button>
          {placed.isOpen && props.canReshard && <Reshard {...props} />}
          <CloseButton aria-label="Close" onClick={onClose} />
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg" verticalSpacing={4}>
        <Fact label="Hash keys" value={`${placed.start} – ${placed.end}`} />
        <Fact label="Sequence numbers" value={`${StartingSequenceNumber} – ${EndingSequenceNumber ?? "…"}`} />
        <div>
          <Text size="xs" c="dimmed">
            Share, content, lineage
          </Text>
          <Text size="xs">
            {shareText(placed)} of the keys
            {use !== undefined && ` · ${countText(use.records)} records, ${bytesText(use.bytes)}`}
          </Text>
          <Text size="xs">
            <Shards label="from" ids={placed.parents} />
            <Shards label="became" ids={placed.children} />
          </Text>
        </div>
      </SimpleGrid>
    </Paper>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
        {value}
      </Text>
    </div>
  );
}

function Shards({ label, ids }: { readonly label: string; readonly ids: readonly string[] }): ReactNode {
  if (ids.length === 0) return undefined;
  return (
    <>
      {label}{" "}
      {ids.map((id) => (
        <Anchor key={id} component={Link} to={`?shard=${id}`} inherit mr={6} underline="always">
          {shortShard(id)}
        </Anchor>
      ))}
    </>
  );
}

/** Split at any key, or merge with a neighbor. */
function Reshard({ stream, placed, all }: ShardDetailsProps): ReactNode {
  const [key, setKey] = useState(`${middleOf(placed)}`);
  const split = useAwsAction(
    "kinesis",
    (kinesis, at: string) =>
      kinesis.splitShard({ StreamName: stream, ShardToSplit: placed.id, NewStartingHashKey: at }),
    { done: () => `${placed.id} is being split.` },
  );
  const merge = useAwsAction(
    "kinesis",
    (kinesis, neighbor: string) =>
      kinesis.mergeShards({ StreamName: stream, ShardToMerge: placed.id, AdjacentShardToMerge: neighbor }),
    { done: (_, neighbor) => `${placed.id} and ${neighbor} are being merged.` },
  );
  const neighbors = neighborsOf(placed, all);
  return (
    <>
      <Menu position="bottom-end" closeOnItemClick>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowsSplit size={14} />}
            loading={split.isPending}
          >
            Split
          </Button>
        </Menu.Target>
        <Menu.Dropdown w={380} p="xs">
          <TextInput
            size="xs"
            label="Where the second half begins"
            description="A hash key; the middle divides the keys evenly"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value.trim())}
          />
          <Menu.Item mt="xs" onClick={() => split.mutate(key)}>
            Split {shortShard(placed.id)} there
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowsJoin size={14} />}
            disabled={neighbors.length === 0}
            loading={merge.isPending}
          >
            Merge
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {neighbors.map((neighbor) => (
            <Menu.Item key={neighbor.id} onClick={() => merge.mutate(neighbor.id)}>
              with {shortShard(neighbor.id)}, its {neighbor.start < placed.start ? "left" : "right"} neighbor
              ({shareText(neighbor)})
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
