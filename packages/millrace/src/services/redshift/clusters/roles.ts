import { parseArn } from "../../../core/arn.ts";
import type { ClusterOptions } from "../document.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import { limits } from "../limits.ts";

type Roles = Pick<ClusterOptions, "roles" | "defaultRole">;

/** A cluster's roles after a change. @throws ServiceError */
export function changedRoles(
  { roles, defaultRole }: Roles,
  change: {
    readonly add?: readonly string[] | undefined;
    readonly remove?: readonly string[] | undefined;
    readonly defaultRole?: string | undefined;
  },
): Roles {
  const removed = new Set(change.remove ?? []);
  for (const role of [...(change.add ?? []), ...(change.defaultRole ? [change.defaultRole] : [])])
    checkRole(role);
  const kept = [...roles, ...(change.add ?? [])].filter((role) => !removed.has(role));
  const next = [...new Set(kept)];
  if (next.length > limits.rolesPerCluster)
    throw invalidValue(`A cluster can have at most ${limits.rolesPerCluster} IAM roles.`);
  const nextDefault = change.defaultRole ?? (removed.has(defaultRole) ? "" : defaultRole);
  // A cluster that Millrace made itself has a default role beside its list.
  if (change.defaultRole && !next.includes(nextDefault))
    throw invalidCombination(`The default IAM role ${nextDefault} is not associated with the cluster.`);
  return { roles: next, defaultRole: nextDefault };
}

function checkRole(text: string): void {
  const arn = parseArn(text);
  if (arn?.service !== "iam" || !/^role\/.+/.test(arn.resource) || !/^\d{12}$/.test(arn.account))
    throw invalidValue(`The IAM role ${text} is not valid. Verify that the role is given as an ARN.`);
}
