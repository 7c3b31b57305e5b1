import type { Relation, RelationUse } from "../../../sql/redshift/bind/name-space.ts";
import type { Action, AuthorizationContext, Authorizer } from "../authorizer-port.ts";
import type { RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { LeaderSnapshot } from "../cluster/leader.ts";
import { newUser } from "../cluster/logins.ts";
import type { UserRecord } from "../leader-records.ts";
import { demand } from "./action-rules.ts";
import { permissionDenied } from "./denied.ts";
import { Principal } from "./principal.ts";

/**
 * Redshift's privileges: owners, grants to users, groups, roles and PUBLIC, and the privileges of roles. One for all
 * clusters; it keeps nothing but what it worked out of a snapshot of the leader's records.
 */
export class RedshiftAuthorizer implements Authorizer {
  readonly #principals = new WeakMap<LeaderSnapshot, Map<string, Principal>>();

  check(uses: readonly RelationUse[], context: AuthorizationContext): void {
    for (const use of uses) {
      // What they show depends on who asks; see system/system-tables.ts.
      if (use.relation.kind === "system table") continue;
      const principal = this.#reader(use, context);
      if (principal === undefined) throw permissionDenied("relation", use.relation.name);
      if (principal.isSuperuser) continue;
      const catalog = catalogOf(use.relation, context);
      const found = catalog?.schema(use.relation.schema);
      const schema = found === undefined ? undefined : context.newest(found);
      // Names in a view were allowed to its owner when they were looked up.
      const byName = use.asUser === undefined;
      if (byName && (schema === undefined || !principal.may(schema, "usage")))
        throw permissionDenied("schema", use.relation.schema);
      if (use.relation.kind === "external table") checkExternal(principal, schema, context);
      else checkUse(use, principal, recordOf(use.relation, context));
    }
  }

  demand(action: Action, context: AuthorizationContext): void {
    demand(action, this.#principal(context.user, context.extraGroupIds, context), context);
  }

  /** Undefined for a view's owner who was dropped. */
  #reader({ asUser }: RelationUse, context: AuthorizationContext): Principal | undefined {
    if (asUser === undefined) return this.#principal(context.user, context.extraGroupIds, context);
    const owner = context.leader.user(asUser);
    if (owner === undefined) return undefined;
    return this.#principal(owner, owner.id === context.user.id ? context.extraGroupIds : [], context);
  }

  #principal(
    user: UserRecord,
    extraGroupIds: readonly number[],
    { leader }: AuthorizationContext,
  ): Principal {
    let known = this.#principals.get(leader);
    if (known === undefined) {
      known = new Map();
      this.#principals.set(leader, known);
    }
    const key = extraGroupIds.length === 0 ? String(user.id) : `${user.id} ${extraGroupIds.join(" ")}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    // A session outlives its user's DROP; it has what everybody has.
    const record = leader.users.get(user.id) ?? newUser(user.id, user.name);
    const groups = [...leader.groups.values()];
    const made = new Principal(record, { groups, roles: leader.roles.values() }, extraGroupIds);
    known.set(key, made);
    return made;
  }
}

function catalogOf(
  { database }: Relation,
  context: AuthorizationContext,
): { schema(name: string): SchemaRecord | undefined } | undefined {
  return database === context.database.name ? context.catalog : context.otherCatalog(database);
}

function recordOf({ database, oid }: Relation, context: AuthorizationContext): RelationRecord | undefined {
  if (database === context.database.name) {
    const record = context.catalog.relationByOid(oid);
    return record === undefined ? undefined : context.newest(record);
  }
  return context.otherCatalog(database)?.relationByOid(oid);
}

/** AWS: USAGE on the schema, and the right to make temporary tables, which Spectrum reads into. */
function checkExternal(
  principal: Principal,
  schema: SchemaRecord | undefined,
  { database }: AuthorizationContext,
): void {
  if (schema === undefined || !principal.may(schema, "usage"))
    throw permissionDenied("schema", schema?.name ?? "");
  if (!principal.may(database, "temporary")) throw permissionDenied("database", database.name);
}

function checkUse(
  { relation, privilege, columns }: RelationUse,
  principal: Principal,
  record: RelationRecord | undefined,
): void {
  if (record === undefined || !principal.mayUse(record, privilege, columns))
    throw permissionDenied("relation", relation.name);
}
