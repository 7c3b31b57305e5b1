import type { ClusterDocument, Work } from "../document.ts";
import type { Happening } from "../event-table.ts";
import type { RedshiftState } from "../state.ts";

/** Writes down what is under way with a cluster, and lets it be done in its time. Only within `change`. */
export async function beginWork(
  state: RedshiftState,
  cluster: ClusterDocument,
  work: Work,
  happenings: readonly Happening[] = [],
): Promise<ClusterDocument> {
  const working: ClusterDocument = { ...cluster, work };
  await state.commit(cluster, [state.clusters.put(working)], happenings);
  state.lifecycle.finishLater(working);
  return working;
}
