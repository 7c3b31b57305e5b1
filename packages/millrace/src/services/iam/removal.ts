import type { PolicyHolder } from "./document.ts";
import { deleteConflict, noSuchEntity } from "./errors.ts";

/** What still has policies cannot be deleted. */
export function checkHasNoPolicies(holder: PolicyHolder): void {
  if (Object.keys(holder.inline).length > 0)
    throw deleteConflict("Cannot delete entity, must delete policies first.");
  if (holder.attached.length > 0)
    throw deleteConflict("Cannot delete entity, must detach all policies first.");
}

export const noBoundary = (kind: "User" | "Role", name: string): Error =>
  noSuchEntity(`${kind} ${name} does not have a permissions boundary.`);
