import type { ClusterDocument, Work } from "../document.ts";
import type { Resources } from "../resources.ts";
import { keyOf } from "./kernel-settings.ts";

const working: Readonly<Record<Exclude<Work["kind"], "modify">, string>> = {
  create: "creating",
  delete: "deleting",
  pause: "pausing",
  reboot: "rebooting",
  resume: "resuming",
};

/** ClusterStatus, as AWS calls it. */
export function statusOf({ warehouse }: Pick<Resources, "warehouse">, cluster: ClusterDocument): string {
  const { work, paused } = cluster;
  if (work?.kind === "modify") {
    if (work.change.resize !== undefined) return "resizing";
    return work.change.newName === undefined ? "modifying" : "renaming";
  }
  if (work !== undefined) return working[work.kind];
  // Its data is gone, whatever became of it; it can only be deleted.
  if (warehouse.cluster(keyOf(cluster)) === undefined) return "hardware-failure";
  return paused ? "paused" : "available";
}

/** ClusterAvailabilityStatus, which Terraform waits for. */
export function availabilityOf(status: string): string {
  switch (status) {
    case "available":
      return "Available";
    case "paused":
      return "Paused";
    case "hardware-failure":
      return "Failed";
    case "rebooting":
      return "Unavailable";
    default:
      return "Modifying";
  }
}
