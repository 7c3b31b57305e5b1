import type { ShardDocument, StreamDocument } from "./document.ts";
import { divideRange, hashKeySpace } from "./hash-key.ts";

/** The shards that take records. */
export function openShards(document: StreamDocument): readonly ShardDocument[] {
  return document.shards.filter((shard) => shard.closedMs === undefined);
}

/** The shards of a new stream: even parts of the hash-key space. */
export function initialShards(count: number, nowMs: number): readonly ShardDocument[] {
  return divideRange(hashKeySpace, count).map((range, index) => ({
    index,
    startHashKey: range.start.toString(),
    endHashKey: range.end.toString(),
    createdSeconds: Math.floor(nowMs / 1000),
  }));
}

interface Lineage {
  readonly parent: ShardDocument;
  readonly adjacentParent?: ShardDocument;
  readonly startHashKey: string;
  readonly endHashKey: string;
}

/** Adds a child. Its creation second is after its parents', so that its sequence numbers are too. */
function withChild(
  shards: readonly ShardDocument[],
  lineage: Lineage,
  nowMs: number,
): readonly ShardDocument[] {
  const { parent, adjacentParent } = lineage;
  const latestParent = Math.max(parent.createdSeconds, adjacentParent?.createdSeconds ?? 0);
  const child: ShardDocument = {
    index: shards.length,
    parent: parent.index,
    ...(adjacentParent ? { adjacentParent: adjacentParent.index } : {}),
    startHashKey: lineage.startHashKey,
    endHashKey: lineage.endHashKey,
    createdSeconds: Math.max(Math.floor(nowMs / 1000), latestParent) + 1,
  };
  return [...shards, child];
}

function withClosed(
  shards: readonly ShardDocument[],
  indexes: readonly number[],
  nowMs: number,
): ShardDocument[] {
  return shards.map((shard) => (indexes.includes(shard.index) ? { ...shard, closedMs: nowMs } : shard));
}

/** Splits an open shard: the second child begins at `atHashKey`. */
export function splitShard(
  document: StreamDocument,
  index: number,
  atHashKey: string,
  nowMs: number,
): StreamDocument {
  const parent = document.shards[index];
  if (parent === undefined) return document;
  let shards: readonly ShardDocument[] = withClosed(document.shards, [index], nowMs);
  const { startHashKey, endHashKey } = parent;
  const firstEnd = (BigInt(atHashKey) - 1n).toString();
  shards = withChild(shards, { parent, startHashKey, endHashKey: firstEnd }, nowMs);
  shards = withChild(shards, { parent, startHashKey: atHashKey, endHashKey }, nowMs);
  return { ...document, shards };
}

/** Merges two open shards whose ranges touch into one child. */
export function mergeShards(
  document: StreamDocument,
  index: number,
  adjacent: number,
  nowMs: number,
): StreamDocument {
  const parent = document.shards[index];
  const adjacentParent = document.shards[adjacent];
  if (parent === undefined || adjacentParent === undefined) return document;
  const [low, high] = areInOrder(parent, adjacentParent)
    ? [parent, adjacentParent]
    : [adjacentParent, parent];
  const closed = withClosed(document.shards, [index, adjacent], nowMs);
  const lineage = { parent, adjacentParent, startHashKey: low.startHashKey, endHashKey: high.endHashKey };
  return { ...document, shards: withChild(closed, lineage, nowMs) };
}

/** Whether `second`'s range begins right after `first`'s. */
export function areInOrder(first: ShardDocument, second: ShardDocument): boolean {
  return BigInt(first.endHashKey) + 1n === BigInt(second.startHashKey);
}

/**
 * Uniform scaling: splits shards where a target range begins inside them, then merges what lies within one
 * target range. Like AWS it passes through short-lived shards, and each shard has two parents at most.
 */
export function scaleTo(document: StreamDocument, target: number, nowMs: number): StreamDocument {
  let scaled = document;
  const ranges = divideRange(hashKeySpace, target);
  for (const { start } of ranges) {
    const holder = openShards(scaled).find(
      (shard) => BigInt(shard.startHashKey) < start && start <= BigInt(shard.endHashKey),
    );
    if (holder) scaled = splitShard(scaled, holder.index, start.toString(), nowMs);
  }
  for (const range of ranges) {
    for (;;) {
      const parts = openShards(scaled)
        .filter((shard) => BigInt(shard.startHashKey) >= range.start && BigInt(shard.endHashKey) <= range.end)
        .sort((a, b) => (BigInt(a.startHashKey) < BigInt(b.startHashKey) ? -1 : 1));
      const [first, second] = parts;
      if (first === undefined || second === undefined) break;
      scaled = mergeShards(scaled, first.index, second.index, nowMs);
    }
  }
  return scaled;
}
