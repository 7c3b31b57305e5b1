import type { RoleAccess, RoleUse } from "../core/role-access.ts";
import type { ClusterKey, Warehouse } from "../kernels/warehouse/index.ts";
import { type ObjectAccess, WarehouseObjectError } from "../kernels/warehouse/objects-port.ts";
import type { ServiceContext } from "./service-context.ts";

/** Redshift, as trust policies name it. */
export const redshiftService = "redshift.amazonaws.com";

/** The role in whose name a statement of a cluster acts: the last one of its chain, as IAM judges it. */
export class StatementRole {
  readonly roleArn: string;
  /** The role before it; the cluster assumes it when undefined. */
  readonly assumedBy: string | undefined;
  readonly sourceArn: string;
  readonly #roles: RoleAccess;

  /**
   * @param attached the cluster's own roles, of which the first one of a chain must be; any role when undefined
   * @throws WarehouseObjectError when a role of the chain may not be assumed
   */
  constructor(
    roles: RoleAccess,
    { cluster, identity }: Pick<ObjectAccess, "cluster" | "identity">,
    attached?: readonly string[],
  ) {
    const { account, region, identifier } = cluster;
    this.sourceArn = `arn:aws:redshift:${region}:${account}:cluster:${identifier}`;
    this.#roles = roles;
    const chain = identity.kind === "roles" ? identity.roleArns : [];
    // Where callers are trusted keys are not looked at, and no role is asked.
    this.roleArn = chain.at(-1) ?? `arn:aws:iam::${account}:role/none`;
    this.assumedBy = chain.at(-2);
    refuse(notAttached(chain, attached));
    for (const [i, roleArn] of chain.entries()) this.#assume(roleArn, chain[i - 1]);
  }

  /** @throws WarehouseObjectError when the role may not do it */
  require(action: string, resources: readonly string[], context: RoleUse["context"] = {}): void {
    const { roleArn, assumedBy, sourceArn } = this;
    const use = { roleArn, assumedBy, sourceArn, service: redshiftService };
    refuse(this.#roles.refusal({ ...use, action, resources, context }));
  }

  #assume(roleArn: string, assumedBy: string | undefined): void {
    const { sourceArn } = this;
    refuse(this.#roles.assuming({ roleArn, assumedBy, sourceArn, service: redshiftService }));
  }
}

/** Roles are attached by whom IAM lets pass them: being trusted by the service is not enough. */
export function notAttached(
  [first]: readonly string[],
  attached: readonly string[] | undefined,
): { readonly message: string } | undefined {
  if (first === undefined || attached === undefined || attached.includes(first)) return undefined;
  return { message: `The role ${first} is not attached to the cluster.` };
}

/** The roles of a cluster where IAM is asked; undefined where callers are trusted. */
export function attachedRoles(
  { configuration, platform }: Pick<ServiceContext, "configuration" | "platform">,
  cluster: ClusterKey,
): readonly string[] | undefined {
  if (configuration.auth === "trust") return undefined;
  return platform.made<Warehouse>("warehouse")?.state(cluster)?.settings.roles ?? [];
}

function refuse(refusal: { readonly message: string } | undefined): void {
  if (refusal !== undefined) throw new WarehouseObjectError("AccessDenied", refusal.message, 403);
}
