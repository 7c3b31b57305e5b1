import type { Vacuum } from "../../../sql/redshift/ast/admin.ts";
import type { SortKey } from "../catalog/records.ts";
import type { StoredRows } from "./table-extent.ts";

/** What VACUUM has to do with one table. */
export type VacuumPlan = "skip" | "sort" | "delete";

/** AWS's default of `TO threshold PERCENT`. */
const defaultPercent = 95;

/**
 * The sort phase is left out where at least `percent` of the rows are sorted, the delete phase where at least so
 * many of them are not deleted. A table that is sorted is written anew, and so loses what was deleted, too.
 */
export function vacuumPlan(
  { mode, percent = defaultPercent }: Pick<Vacuum, "mode" | "percent">,
  sort: SortKey | undefined,
  { live, stored }: StoredRows,
  unsorted: number,
): VacuumPlan {
  const hasKey = sort !== undefined && sort.columns.length > 0;
  if (hasKey && mode !== "delete only" && live > 0) {
    const sortedPercent = ((live - Math.min(live, unsorted)) / live) * 100;
    if (mode === "reindex" && sort.style === "interleaved") return "sort";
    if (sortedPercent < percent) return "sort";
  }
  if (mode === "sort only" || mode === "recluster" || stored === 0) return "skip";
  return (live / stored) * 100 < percent ? "delete" : "skip";
}
