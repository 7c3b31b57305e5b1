import type { Shard, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { Button, Text } from "@mantine/core";
import { IconArrowsSplit } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { bytesText, countText, rateText } from "../../../ui/format.ts";
import { Loaded } from "../../../ui/states.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { type ShardUse, shortShard, useShards, useStreamUse } from "../stream-data.ts";
import { ChangeShardCount } from "./change-shard-count.tsx";
import { ShardDetails } from "./shard-details.tsx";
import { layoutShards, type PlacedShard, type ShardLayout, shareText } from "./shard-layout.ts";
import { ShardMap } from "./shard-map.tsx";

const writeLimit = 1024 * 1024;

export interface ShardsTabProps {
  readonly name: string;
  readonly stream: StreamDescriptionSummary | undefined;
}

export function ShardsTab({ name, stream }: ShardsTabProps): ReactNode {
  const shards = useShards(name);
  return <Loaded of={shards}>{(data) => <Shards name={name} stream={stream} shards={data} />}</Loaded>;
}

interface Row extends PlacedShard {
  readonly shard: Shard;
  readonly use: ShardUse | undefined;
}

function Shards({ name, stream, shards }: ShardsTabProps & { readonly shards: readonly Shard[] }): ReactNode {
  const use = useStreamUse(name);
  const [search, setSearch] = useSearchParams();
  const [isCounting, setCounting] = useState(false);
  const layout = useMemo(() => layoutShards(shards.map(spanOf)), [shards]);
  const uses = useMemo(
    () => new Map((use.data?.shards ?? []).map((each) => [each.shardId, each])),
    [use.data],
  );
  const rows = useMemo(() => rowsOf(layout, shards, uses), [layout, shards, uses]);
  const selected = search.get("shard") ?? undefined;
  const select = (id: string | undefined): void =>
    setSearch(id === undefined || id === selected ? {} : { shard: id }, { replace: true });
  const row = rows.find(({ id }) => id === selected);
  const isFixed = stream?.StreamModeDetails?.StreamMode === "ON_DEMAND";
  return (
    <>
      <ShardMap
        layout={layout}
        use={uses}
        writeLimit={use.data?.limits.writeBytesPerSecond ?? writeLimit}
        selected={selected}
        onSelect={select}
      />
      {row !== undefined && (
        <ShardDetails
          key={row.id}
          stream={name}
          shard={row.shard}
          placed={row}
          all={rows}
          use={row.use}
          canReshard={!isFixed}
          onClose={() => select(undefined)}
        />
      )}
      <DataTable
        label="shards"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => select(id)}
        {...(selected !== undefined && { selected })}
        sort={{ key: "id", descending: true }}
        tools={<CountButton isFixed={isFixed} onClick={() => setCounting(true)} />}
      />
      <ChangeShardCount
        name={name}
        open={stream?.OpenShardCount ?? 1}
        isOpen={isCounting}
        onClose={() => setCounting(false)}
      />
    </>
  );
}

function rowsOf(
  layout: ShardLayout,
  shards: readonly Shard[],
  uses: ReadonlyMap<string, ShardUse>,
): readonly Row[] {
  const byId = new Map(shards.map((shard) => [shard.ShardId, shard]));
  return layout.shards.flatMap((placed): readonly Row[] => {
    const shard = byId.get(placed.id);
    return shard === undefined ? [] : [{ ...placed, shard, use: uses.get(placed.id) }];
  });
}

function CountButton({
  isFixed,
  onClick,
}: {
  readonly isFixed: boolean;
  readonly onClick: () => void;
}): ReactNode {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconArrowsSplit size={14} />}
      disabled={isFixed}
      title={isFixed ? "An on-demand stream chooses its number of shards by itself" : undefined}
      onClick={onClick}
    >
      Change shard count
    </Button>
  );
}

const columns: readonly Column<Row>[] = [
  { key: "id", title: "Shard", value: ({ id }) => id, monospace: true },
  {
    key: "state",
    title: "State",
    width: "80px",
    value: ({ isOpen }) => (isOpen ? "open" : "closed"),
    render: ({ isOpen }) => <StatusBadge status={isOpen ? "open" : "closed"} />,
  },
  {
    key: "share",
    title: "Keys",
    width: "80px",
    align: "right",
    value: ({ width }) => width,
    render: (row) => shareText(row),
  },
  {
    key: "parents",
    title: "From",
    fromWidth: 800,
    width: "80px",
    value: ({ parents }) => parents.map(shortShard).join(" + "),
  },
  {
    key: "children",
    title: "Became",
    fromWidth: 800,
    width: "80px",
    value: ({ children }) => children.map(shortShard).join(", "),
  },
  {
    key: "records",
    title: "Records",
    width: "90px",
    align: "right",
    value: ({ use }) => use?.records,
    render: ({ use }) => use && countText(use.records),
  },
  {
    key: "size",
    title: "Size",
    fromWidth: 950,
    width: "90px",
    align: "right",
    value: ({ use }) => use?.bytes,
    render: ({ use }) => use && bytesText(use.bytes),
  },
  {
    key: "in",
    title: "In",
    width: "150px",
    align: "right",
    value: ({ use }) => use?.in.bytesPerSecond,
    render: ({ use }) => <RateText rate={use?.in} />,
  },
  {
    key: "out",
    title: "Out",
    width: "150px",
    fromWidth: 700,
    align: "right",
    value: ({ use }) => use?.out.bytesPerSecond,
    render: ({ use }) => <RateText rate={use?.out} />,
  },
  {
    key: "throttled",
    title: "Throttled",
    fromWidth: 1050,
    width: "80px",
    align: "right",
    value: ({ use }) => (use === undefined ? undefined : use.in.throttled + use.out.throttled),
  },
];

function RateText({ rate }: { readonly rate: ShardUse["in"] | undefined }): ReactNode {
  if (rate === undefined || rate.recordsPerSecond === 0)
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    );
  return `${rateText(rate.recordsPerSecond)}/s · ${bytesText(rate.bytesPerSecond)}/s`;
}

function spanOf({ ShardId, HashKeyRange, ParentShardId, AdjacentParentShardId, SequenceNumberRange }: Shard) {
  return {
    id: ShardId ?? "",
    start: BigInt(HashKeyRange?.StartingHashKey ?? "0"),
    end: BigInt(HashKeyRange?.EndingHashKey ?? "0"),
    parents: [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined),
    isOpen: SequenceNumberRange?.EndingSequenceNumber === undefined,
  };
}
