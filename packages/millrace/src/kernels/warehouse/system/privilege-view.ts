import type { FunctionRecord, Privilege, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { DatabaseRecord, RoleRecord, UserRecord } from "../leader-records.ts";
import { Principal, type Securable } from "../security/principal.ts";
import type { SystemLeader } from "./system-view.ts";

/** What one user may do and see, by itself, its groups, its roles and their roles, and PUBLIC. */
export class PrivilegeView {
  readonly #principal: Principal;

  constructor(user: UserRecord, leader: SystemLeader) {
    this.#principal = new Principal(user, leader);
  }

  /** What GRANT ACCESS CATALOG TO ROLE gives. */
  get #seesCatalog(): boolean {
    return this.#principal.hasSystemPrivilege("access catalog");
  }

  get roles(): readonly RoleRecord[] {
    return [...this.#principal.roles.values()];
  }

  hasSystemPrivilege(privilege: string): boolean {
    return this.#principal.hasSystemPrivilege(privilege);
  }

  has(
    object: Securable,
    privilege: Privilege,
    options: { readonly column?: string; readonly grantable?: boolean } = {},
  ): boolean {
    if (options.grantable === true) return this.#principal.mayGrant(object, privilege);
    return this.#principal.may(object, privilege, options.column);
  }

  /** Any privilege at all, of the whole or a column: what lets somebody see an object. */
  hasAny(object: Securable): boolean {
    return this.#principal.mayAnything(object) || this.#seesCatalog;
  }

  seesSchema(schema: SchemaRecord): boolean {
    return this.hasAny(schema);
  }

  seesRelation(relation: RelationRecord, schema: SchemaRecord | undefined): boolean {
    if (this.#principal.owns(relation) || this.#seesCatalog) return true;
    return this.hasAny(relation) && schema !== undefined && this.has(schema, "usage");
  }

  seesFunction(entry: FunctionRecord, schema: SchemaRecord | undefined): boolean {
    return this.has(entry, "execute") && (schema === undefined || this.has(schema, "usage"));
  }

  seesDatabase(database: DatabaseRecord): boolean {
    return this.hasAny(database);
  }
}
