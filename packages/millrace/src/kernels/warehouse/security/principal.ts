import type { Grant, Privilege } from "../catalog/records.ts";
import type { GroupRecord, RoleRecord, UserRecord } from "../leader-records.ts";

/** Anything that has an owner and grants. */
export interface Securable {
  readonly ownerId: number;
  readonly grants: readonly Grant[];
}

/** What the leader knows of memberships; its records, or arrays of them. */
export interface Memberships {
  readonly groups: Iterable<GroupRecord>;
  readonly roles: Iterable<RoleRecord>;
}

/**
 * A user with everything that reaches it: its groups, its roles with the roles that those are members of, PUBLIC.
 * The one place that decides whether somebody has a privilege: statements, system tables and has_*_privilege ask it.
 */
export class Principal {
  readonly user: UserRecord;
  /** Held by the user itself and by way of other roles. */
  readonly roles: ReadonlyMap<number, RoleRecord>;
  readonly #groupIds: ReadonlySet<number>;
  readonly #systemPrivileges: ReadonlySet<string>;

  /** @param extraGroupIds groups beyond those of the records: of a temporary login */
  constructor(user: UserRecord, memberships: Memberships, extraGroupIds: readonly number[] = []) {
    this.user = user;
    const groupIds = new Set(extraGroupIds);
    for (const group of memberships.groups) if (group.userIds.includes(user.id)) groupIds.add(group.id);
    this.#groupIds = groupIds;
    this.roles = inheritedRoles(user.roleIds, memberships.roles);
    this.#systemPrivileges = new Set([...this.roles.values()].flatMap((role) => role.systemPrivileges));
  }

  get isSuperuser(): boolean {
    return this.user.superuser;
  }

  /** `create user`, `access system table`, ...: of roles; superusers have all. */
  hasSystemPrivilege(privilege: string): boolean {
    return this.isSuperuser || this.#systemPrivileges.has(privilege);
  }

  owns({ ownerId }: { readonly ownerId: number }): boolean {
    return this.isSuperuser || ownerId === this.user.id;
  }

  /** Of the object as a whole, or of this column. */
  may(object: Securable, privilege: Privilege, column?: string): boolean {
    return (
      this.owns(object) ||
      object.grants.some(
        (grant) =>
          grant.privilege === privilege &&
          (grant.column === undefined || grant.column === column) &&
          this.reaches(grant),
      )
    );
  }

  /** Of the whole relation, or of each of the columns; counting rows takes SELECT on any of them. */
  mayUse(object: Securable, privilege: Privilege, columns: readonly string[]): boolean {
    if (this.may(object, privilege)) return true;
    if (columns.length === 0) return privilege === "select" && this.mayAnything(object, privilege);
    return columns.every((column) => this.may(object, privilege, column));
  }

  /** Any privilege at all, of the whole or of a column. */
  mayAnything(object: Securable, privilege?: Privilege): boolean {
    return (
      this.owns(object) ||
      object.grants.some(
        (grant) => (privilege === undefined || grant.privilege === privilege) && this.reaches(grant),
      )
    );
  }

  /** Grant options are users' own: groups, roles and PUBLIC cannot have them. */
  mayGrant(object: Securable, privilege: Privilege): boolean {
    return (
      this.owns(object) ||
      object.grants.some(
        (grant) =>
          grant.privilege === privilege &&
          grant.withGrantOption &&
          grant.column === undefined &&
          grant.granteeKind === "user" &&
          grant.granteeId === this.user.id,
      )
    );
  }

  /** Whether what was granted is granted to this user, in whatever way. */
  reaches({ granteeKind, granteeId }: Pick<Grant, "granteeKind" | "granteeId">): boolean {
    switch (granteeKind) {
      case "public":
        return true;
      case "user":
        return granteeId === this.user.id;
      case "group":
        return this.#groupIds.has(granteeId);
      case "role":
        return this.roles.has(granteeId);
    }
  }
}

/** The roles and all that they are members of, however deep. */
export function inheritedRoles(
  memberOf: UserRecord["roleIds"],
  roles: Iterable<RoleRecord>,
): ReadonlyMap<number, RoleRecord> {
  const found = new Map<number, RoleRecord>();
  if (memberOf.length === 0) return found;
  const byId = new Map([...roles].map((role) => [role.id, role]));
  const open = memberOf.map(({ roleId }) => roleId);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const role = byId.get(id);
    if (role === undefined || found.has(id)) continue;
    found.set(id, role);
    open.push(...role.roleIds.map(({ roleId }) => roleId));
  }
  return found;
}
