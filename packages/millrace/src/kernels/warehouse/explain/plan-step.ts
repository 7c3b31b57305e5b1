import type { ColumnId } from "./plan-names.ts";

/** Where the rows of a step are. */
export type Placement =
  /** By the hash of columns that are equal in each row. */
  | { readonly kind: "key"; readonly columns: ReadonlySet<ColumnId> }
  /** Somewhere on the slices. */
  | { readonly kind: "spread" }
  /** All of them on each node. */
  | { readonly kind: "all" }
  /** On one slice, or the leader. */
  | { readonly kind: "one" };

/** One step of a plan as Redshift shows it. */
export interface PlanStep {
  /** `Seq Scan on venue`, without XN. */
  readonly label: string;
  readonly rows: number;
  readonly widthBytes: number;
  /** In Redshift's relative units: what it takes to the first row, and to the last. */
  readonly startCost: number;
  readonly cost: number;
  readonly details: readonly string[];
  readonly children: readonly PlanStep[];
  readonly placement: Placement;
  /** Of the columns that come out, as conditions above call them: `venue.venueid`; undefined for computed ones. */
  readonly outputs: readonly string[];
  /** Steps of the reader of S3 are no XN steps. */
  readonly plain?: boolean;
}

interface Costs {
  readonly scannedRow: number;
  readonly aggregatedRow: number;
  readonly group: number;
  readonly comparison: number;
  /** AWS's plans show sorts so much dearer than everything else. */
  readonly sortedStep: number;
  readonly movedByte: number;
}

/** Redshift's units, as AWS's examples of plans show them. */
export const costs: Costs = Object.freeze({
  scannedRow: 0.01,
  aggregatedRow: 0.005,
  group: 0.0025,
  comparison: 0.0025,
  sortedStep: 1_000_000_000_000,
  movedByte: 0.01,
});

export const spread: Placement = Object.freeze({ kind: "spread" });
export const onOne: Placement = Object.freeze({ kind: "one" });
export const onAll: Placement = Object.freeze({ kind: "all" });

/** A step over another that passes its rows on as they are, for a price. */
export function over(child: PlanStep, label: string, change: Partial<PlanStep> = {}): PlanStep {
  const { rows, widthBytes, startCost, cost, placement, outputs } = child;
  return {
    label,
    rows,
    widthBytes,
    startCost,
    cost,
    placement,
    outputs,
    details: [],
    children: [child],
    ...change,
  };
}

/** Its rows go to the leader, in order. */
export function sortedForLeader(child: PlanStep, keys: string): PlanStep {
  const sorted = sortStep(child, keys);
  const network = over(sorted, "Network", { details: ["Send to leader"], placement: onOne });
  return over(network, "Merge", { details: [`Merge Key: ${keys}`] });
}

export function sortStep(child: PlanStep, keys: string): PlanStep {
  const { rows, cost } = child;
  const startCost =
    Math.max(costs.sortedStep, cost) + cost + rows * Math.log2(Math.max(2, rows)) * costs.comparison;
  const total = startCost + rows * costs.comparison;
  return over(child, "Sort", { details: [`Sort Key: ${keys}`], startCost, cost: total });
}

/** With all that stand under it. */
export function stepsOf(step: PlanStep): readonly PlanStep[] {
  return [step, ...step.children.flatMap(stepsOf)];
}
