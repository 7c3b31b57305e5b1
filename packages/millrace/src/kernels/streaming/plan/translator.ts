import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { Relation } from "../../../sql/flink/relation.ts";
import type { Draft, DraftGraph } from "./draft.ts";
import type { PlanSettings } from "./plan-settings.ts";
import type { ScanDemands } from "./scan-demand.ts";
import type { TableScan } from "./translate-scan.ts";

/** What the translations of the kinds of relations have in common. */
export interface Translator {
  readonly graph: DraftGraph;
  readonly settings: PlanSettings;
  readonly demands: ScanDemands;
  readonly scans: Map<string, TableScan>;
  /** The relation's rows. */
  translate(relation: Relation): Draft;
}

export const columnAt = (draft: Draft, index: number): BoundExpression => {
  const field = draft.fields[index];
  if (field === undefined) throw new Error("a plan reads a column that its input has not");
  return { kind: "column", type: field.type, index };
};
