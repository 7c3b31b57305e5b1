import { Group, Text } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";
import { rateText } from "../../../ui/format.ts";
import { type ShardUse, shortShard } from "../stream-data.ts";
import type { PlacedShard, ShardLayout } from "./shard-layout.ts";
import classes from "./shard-map.module.css";

const rowHeight = 44;
const lowRowHeight = 26;
/** With more generations rows are lower. */
const maxHighRows = 5;

export interface ShardMapProps {
  readonly layout: ShardLayout;
  readonly use: ReadonlyMap<string, ShardUse>;
  /** Of a shard, in bytes a second. */
  readonly writeLimit: number;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/**
 * The keys from 0 to 2^128 from left to right, generations of shards from top to bottom: what a shard became lies
 * below it, and the lower edge is what takes records now. The fuller a shard's limit, the stronger its color.
 */
export function ShardMap({ layout, use, writeLimit, selected, onSelect }: ShardMapProps): ReactNode {
  const height = layout.rows > maxHighRows ? lowRowHeight : rowHeight;
  return (
    <div style={{ flex: "none" }}>
      <div
        className={classes["map"]}
        style={{ height: layout.rows * height }}
        role="group"
        aria-label="Shard map"
      >
        {layout.shards.map((shard) => (
          <ShardBlock
            key={shard.id}
            shard={shard}
            height={height}
            use={use.get(shard.id)}
            writeLimit={writeLimit}
            isSelected={shard.id === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      <Group justify="space-between" mt={4}>
        {["0", "2¹²⁶", "2¹²⁷", "3·2¹²⁶", "2¹²⁸"].map((mark) => (
          <Text key={mark} size="xs" c="dimmed">
            {mark}
          </Text>
        ))}
      </Group>
    </div>
  );
}

interface ShardBlockProps {
  readonly shard: PlacedShard;
  readonly height: number;
  readonly use: ShardUse | undefined;
  readonly writeLimit: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function ShardBlock({ shard, height, use, writeLimit, isSelected, onSelect }: ShardBlockProps): ReactNode {
  const { id, left, width, row, rows, isOpen } = shard;
  const load = Math.min(1, (use?.in.bytesPerSecond ?? 0) / writeLimit);
  const style: CSSProperties = {
    ...{ left: `${left * 100}%`, width: `${width * 100}%`, top: row * height, height: rows * height },
    ...({ "--load": load } as CSSProperties),
  };
  const rate = use?.in.recordsPerSecond ?? 0;
  const shown = isOpen && rate > 0 ? ` ${rateText(rate)}/s` : "";
  return (
    <button
      type="button"
      className={classes["shard"]}
      style={style}
      data-state={isOpen ? "open" : "closed"}
      data-selected={isSelected || undefined}
      aria-pressed={isSelected}
      aria-label={`${shortShard(id)}${shown}, ${isOpen ? "open" : "closed"}, ${id}`}
      title={`${id}${isOpen ? "" : " (closed)"}`}
      onClick={() => onSelect(id)}
    >
      <span className={classes["label"]}>{shortShard(id)}</span>
      {shown !== "" && <span className={classes["rate"]}>{shown}</span>}
    </button>
  );
}
