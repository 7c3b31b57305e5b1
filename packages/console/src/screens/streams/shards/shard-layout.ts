/** What of a shard decides where it is drawn. */
export interface ShardSpan {
  readonly id: string;
  readonly start: bigint;
  /** The last one that belongs to it. */
  readonly end: bigint;
  readonly parents: readonly string[];
  readonly isOpen: boolean;
}

export interface PlacedShard extends ShardSpan {
  /** Of the key space, 0 to 1. */
  readonly left: number;
  readonly width: number;
  /** Rows from the top, the oldest generation first; an open shard reaches to the last one. */
  readonly row: number;
  readonly rows: number;
  readonly children: readonly string[];
}

export interface ShardLayout {
  readonly shards: readonly PlacedShard[];
  readonly rows: number;
}

export const keySpace: bigint = 2n ** 128n;
/** Finer than a screen can show. */
const precision = 1_000_000n;

/**
 * Shards over the key space, children below their parents: what the picture's last row shows is what takes records.
 */
export function layoutShards(spans: readonly ShardSpan[]): ShardLayout {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const children = new Map<string, string[]>();
  for (const { id, parents } of spans)
    for (const parent of parents)
      if (byId.has(parent)) children.set(parent, [...(children.get(parent) ?? []), id]);
  const generations = new Map<string, number>();
  // Ids ascend with their age, so that parents come first.
  const sorted = [...spans].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, parents } of sorted)
    generations.set(id, Math.max(-1, ...parents.map((parent) => generations.get(parent) ?? -1)) + 1);
  const rows = Math.max(0, ...generations.values()) + 1;
  const shards = sorted.map((span): PlacedShard => {
    const row = generations.get(span.id) ?? 0;
    const own = children.get(span.id) ?? [];
    const next = own.length === 0 ? rows : Math.min(...own.map((child) => generations.get(child) ?? rows));
    const isLast = span.isOpen || own.length > 0;
    return {
      ...span,
      left: shareOf(span.start),
      width: shareOf(span.end - span.start + 1n),
      row,
      rows: isLast ? Math.max(1, next - row) : 1,
      children: own,
    };
  });
  return { shards, rows };
}

function shareOf(keys: bigint): number {
  return Number((keys * precision) / keySpace) / Number(precision);
}

/** The key at which a shard is split into two of the same size. */
export function middleOf({ start, end }: Pick<ShardSpan, "start" | "end">): bigint {
  return (start + end + 1n) / 2n;
}

/** Open shards that a shard can be merged with: their keys adjoin. */
export function neighborsOf(shard: ShardSpan, all: readonly ShardSpan[]): readonly ShardSpan[] {
  return all.filter(
    ({ isOpen, start, end }) => isOpen && (end + 1n === shard.start || shard.end + 1n === start),
  );
}

/** `25 %`, `0.0015 %` */
export function shareText({ start, end }: Pick<ShardSpan, "start" | "end">): string {
  const percent = shareOf(end - start + 1n) * 100;
  return `${Number(percent.toPrecision(3))} %`;
}
