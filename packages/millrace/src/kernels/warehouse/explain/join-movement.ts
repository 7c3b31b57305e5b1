import type { ColumnId } from "./plan-names.ts";
import { costs, onOne, type Placement, type PlanStep, spread } from "./plan-step.ts";

export type Movement =
  | ("DS_DIST_NONE" | "DS_DIST_ALL_NONE" | "DS_DIST_INNER" | "DS_DIST_OUTER")
  | ("DS_BCAST_INNER" | "DS_DIST_ALL_INNER" | "DS_DIST_BOTH");

/** One equality of a join; columns are undefined for what is computed. */
export interface JoinPair {
  readonly outer: ColumnId | undefined;
  readonly inner: ColumnId | undefined;
}

export interface Moved {
  readonly movement: Movement;
  readonly placement: Placement;
  readonly cost: number;
}

/**
 * How rows that belong together come together, by AWS's page "Evaluating the query plan": where both sides are
 * distributed by the joined columns, or the inner one is on all nodes, nothing moves. Else what moves the fewest
 * bytes: the inner table to all nodes, or the side that is not distributed by the joined column, or both.
 * @param mayBroadcast false for joins that also keep rows of the inner table that have no partner
 */
export function moved(
  outer: PlanStep,
  inner: PlanStep,
  pairs: readonly JoinPair[],
  nodes: number,
  mayBroadcast: boolean,
): Moved {
  const result = (movement: Movement, placement: Placement, bytes: number): Moved => ({
    movement,
    placement: joined(placement, pairs),
    cost: bytes * costs.movedByte,
  });
  const outerBytes = outer.rows * outer.widthBytes;
  const innerBytes = inner.rows * inner.widthBytes;
  if (inner.placement.kind === "all" && mayBroadcast) return result("DS_DIST_ALL_NONE", outer.placement, 0);
  if (outer.placement.kind === "all") return result("DS_DIST_ALL_INNER", onOne, innerBytes);
  if (pairs.some((pair) => has(outer.placement, pair.outer) && has(inner.placement, pair.inner)))
    return result("DS_DIST_NONE", outer.placement, 0);
  const ways: Moved[] = [];
  if (pairs.some((pair) => has(outer.placement, pair.outer)))
    ways.push(result("DS_DIST_INNER", outer.placement, innerBytes));
  if (pairs.some((pair) => has(inner.placement, pair.inner)))
    ways.push(result("DS_DIST_OUTER", inner.placement, outerBytes));
  if (mayBroadcast || pairs.length === 0)
    ways.push(result("DS_BCAST_INNER", outer.placement, innerBytes * nodes));
  if (pairs.length > 0) ways.push(result("DS_DIST_BOTH", keyOf(pairs[0]), outerBytes + innerBytes));
  const [first = result("DS_BCAST_INNER", outer.placement, innerBytes * nodes), ...others] = ways;
  return others.reduce((best, way) => (way.cost < best.cost ? way : best), first);
}

function has(placement: Placement, column: ColumnId | undefined): boolean {
  return placement.kind === "key" && column !== undefined && placement.columns.has(column);
}

function keyOf(pair: JoinPair | undefined): Placement {
  const columns = [pair?.outer, pair?.inner].filter((column) => column !== undefined);
  return columns.length === 0 ? spread : { kind: "key", columns: new Set(columns) };
}

/** Columns that the join makes equal to the key are as good as the key. */
function joined(placement: Placement, pairs: readonly JoinPair[]): Placement {
  if (placement.kind !== "key") return placement;
  const columns = new Set(placement.columns);
  for (const { outer, inner } of pairs) {
    if (outer === undefined || inner === undefined) continue;
    if (columns.has(outer)) columns.add(inner);
    else if (columns.has(inner)) columns.add(outer);
  }
  return { kind: "key", columns };
}
