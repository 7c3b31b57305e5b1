import type { FunctionRecord, Grant, Privilege, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { DatabaseRecord, RoleRecord, UserRecord } from "../leader-records.ts";
import type { SystemLeader } from "./system-view.ts";

interface Owned {
  readonly ownerId: number;
  readonly grants: readonly Grant[];
}

/** What one user may do, by itself, its groups, its roles and their roles, and PUBLIC. */
export class PrivilegeView {
  readonly #user: UserRecord;
  readonly #groupIds: ReadonlySet<number>;
  readonly #roles: ReadonlyMap<number, RoleRecord>;

  constructor(user: UserRecord, leader: SystemLeader) {
    this.#user = user;
    this.#groupIds = new Set(
      leader.groups.filter((group) => group.userIds.includes(user.id)).map((group) => group.id),
    );
    this.#roles = rolesOf(user, leader);
  }

  get roles(): readonly RoleRecord[] {
    return [...this.#roles.values()];
  }

  hasSystemPrivilege(privilege: string): boolean {
    return this.#user.superuser || this.roles.some((role) => role.systemPrivileges.includes(privilege));
  }

  has(
    object: Owned,
    privilege: Privilege,
    options: { readonly column?: string; readonly grantable?: boolean } = {},
  ): boolean {
    if (this.#user.superuser || object.ownerId === this.#user.id) return true;
    return object.grants.some(
      (grant) =>
        grant.privilege === privilege &&
        (grant.column === undefined || grant.column === options.column) &&
        (options.grantable !== true || grant.withGrantOption) &&
        this.#isGrantee(grant),
    );
  }

  /** Any privilege at all, of the whole or a column: what lets somebody see an object. */
  hasAny(object: Owned): boolean {
    if (this.#user.superuser || object.ownerId === this.#user.id) return true;
    return object.grants.some((grant) => this.#isGrantee(grant));
  }

  seesSchema(schema: SchemaRecord): boolean {
    return this.hasAny(schema);
  }

  seesRelation(relation: RelationRecord, schema: SchemaRecord | undefined): boolean {
    if (this.#user.superuser || relation.ownerId === this.#user.id) return true;
    return this.hasAny(relation) && schema !== undefined && this.has(schema, "usage");
  }

  seesFunction(entry: FunctionRecord, schema: SchemaRecord | undefined): boolean {
    return this.has(entry, "execute") && (schema === undefined || this.has(schema, "usage"));
  }

  seesDatabase(database: DatabaseRecord): boolean {
    return this.hasAny(database);
  }

  /** Whether what was granted reaches the user. */
  #isGrantee(grant: Grant): boolean {
    switch (grant.granteeKind) {
      case "public":
        return true;
      case "user":
        return grant.granteeId === this.#user.id;
      case "group":
        return this.#groupIds.has(grant.granteeId);
      case "role":
        return this.#roles.has(grant.granteeId);
    }
  }
}

function rolesOf(user: UserRecord, leader: SystemLeader): ReadonlyMap<number, RoleRecord> {
  const found = new Map<number, RoleRecord>();
  const open = user.roleIds.map((membership) => membership.roleId);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const role = leader.roles.find((candidate) => candidate.id === id);
    if (role === undefined || found.has(id)) continue;
    found.set(id, role);
    open.push(...role.roleIds.map((membership) => membership.roleId));
  }
  return found;
}
