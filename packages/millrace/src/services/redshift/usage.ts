import type { ClusterDocument, ClusterOptions, Owner } from "./document.ts";
import type { Resources } from "./resources.ts";

/** A cluster whose options, or those that it is about to have, fit: what it uses cannot be deleted. */
export function clusterUsing(
  { clusters }: Resources,
  owner: Owner,
  fits: (options: Partial<ClusterOptions>) => boolean,
): ClusterDocument | undefined {
  return clusters
    .list(owner)
    .find(({ options, work }) => fits(options) || (work?.kind === "modify" && fits(work.change.options)));
}
