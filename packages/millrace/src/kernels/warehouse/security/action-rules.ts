import { SqlError } from "../../../sql/sql-error.ts";
import type { Action, AuthorizationContext, CreatedObject } from "../authorizer-port.ts";
import type { Privilege, RelationRecord } from "../catalog/records.ts";
import { mayAssume } from "./assume-role.ts";
import { mustBeSuperuser, mustOwn, permissionDenied } from "./denied.ts";
import { languageOf } from "./languages.ts";
import type { Principal } from "./principal.ts";
import { isSystemRole, securityAdministratorId } from "./system-roles.ts";

type ActionOf<K extends Action["kind"]> = Extract<Action, { readonly kind: K }>;

/** @throws SqlError 42501 */
export function demand(action: Action, who: Principal, context: AuthorizationContext): void {
  const refused = refusal(action, who, context);
  if (refused !== undefined) throw refused;
}

function refusal(action: Action, who: Principal, context: AuthorizationContext): SqlError | undefined {
  if (who.isSuperuser) return undefined;
  switch (action.kind) {
    case "own relation":
    case "truncate":
    case "lock":
    case "reference":
    case "privilege":
    case "vacuum":
    case "analyze":
      return refusalOfRelation(action, who, context);
    case "create in schema":
    case "use schema":
    case "name in schema":
    case "create schema":
    case "own schema":
    case "create temporary table":
    case "create database":
    case "own database":
      return refusalOfPlace(action, who);
    case "own function":
    case "execute":
    case "use language":
      return refusalOfFunction(action, who, context);
    case "create user":
    case "alter user":
    case "drop user":
    case "create role":
    case "own role":
    case "manage groups":
    case "default privileges":
      return refusalOfUsers(action, who);
    case "assume role":
      if (mayAssume(who, action.roles, action.command, context.leader.assumeRoles.values())) return undefined;
      return new SqlError(
        "42501",
        `User ${who.user.name} does not have ASSUMEROLE permission on IAM role "${action.roles}" for ${action.command.toUpperCase()}`,
      );
    case "cancel others":
      if (who.hasSystemPrivilege("cancel")) return undefined;
      return mustBeSuperuser("signal other server processes");
    case "give away":
      return mustBeSuperuser("change owner");
    case "superuser":
      return mustBeSuperuser(action.to);
  }
}

function refusalOfRelation(
  action: ActionOf<"own relation" | "truncate" | "lock" | "reference" | "privilege" | "vacuum" | "analyze">,
  who: Principal,
  context: AuthorizationContext,
): SqlError | undefined {
  const { relation } = action;
  switch (action.kind) {
    case "own relation":
      if (who.owns(relation) || hasInstead(action, who, context)) return undefined;
      return mustOwn("relation", relation.name);
    case "truncate":
      if (who.may(relation, "truncate") || who.hasSystemPrivilege("truncate table")) return undefined;
      return permissionDenied("relation", relation.name);
    case "lock":
      if (changes.some((name) => who.may(relation, name))) return undefined;
      return permissionDenied("relation", relation.name);
    case "reference":
      if (who.may(relation, "references")) return undefined;
      return permissionDenied("relation", relation.name);
    case "privilege": {
      const { privilege, columns } = action;
      const may =
        columns === undefined ? who.may(relation, privilege) : who.mayUse(relation, privilege, columns);
      return may ? undefined : permissionDenied("relation", relation.name);
    }
    case "vacuum":
    case "analyze":
      if (who.owns(relation) || who.owns(context.database) || who.hasSystemPrivilege(action.kind))
        return undefined;
      return mustOwn("relation", relation.name);
  }
}

/** LOCK keeps others from changing rows, so it is for those who may. */
const changes: readonly Privilege[] = Object.freeze(["update", "delete", "truncate"]);

/** What stands for ownership: the privilege on the object or of a role; the schema's owner may empty it. */
function hasInstead(
  { relation, privilege }: ActionOf<"own relation">,
  who: Principal,
  { catalog }: AuthorizationContext,
): boolean {
  if (privilege === undefined) return false;
  if (who.may(relation, privilege)) return true;
  if (who.hasSystemPrivilege(`${privilege} ${kindWord(relation)}`)) return true;
  const schema = catalog.schemaByOid(relation.schemaOid);
  return privilege === "drop" && schema !== undefined && who.owns(schema);
}

function kindWord({ type }: RelationRecord): "table" | "view" {
  return type === "table" ? "table" : "view";
}

const creations: Readonly<Record<CreatedObject, string>> = Object.freeze({
  table: "create table",
  view: "create or replace view",
  function: "create or replace function",
  procedure: "create or replace procedure",
});

/** Privileges of roles on objects of whatever schema, which take no USAGE of it. */
const everywhere: readonly string[] = Object.freeze([
  "alter table",
  "analyze",
  "drop function",
  "drop table",
  "drop view",
  "truncate table",
  "vacuum",
]);

function refusalOfPlace(
  action: ActionOf<
    | "create in schema"
    | "use schema"
    | "name in schema"
    | "create schema"
    | "own schema"
    | "create temporary table"
    | "create database"
    | "own database"
  >,
  who: Principal,
): SqlError | undefined {
  switch (action.kind) {
    case "create in schema":
      if (who.may(action.schema, "create") || who.hasSystemPrivilege(creations[action.object]))
        return undefined;
      return permissionDenied("schema", action.schema.name);
    case "use schema":
      if (who.may(action.schema, "usage")) return undefined;
      return permissionDenied("schema", action.schema.name);
    case "name in schema":
      if (who.may(action.schema, "usage") || everywhere.some((name) => who.hasSystemPrivilege(name)))
        return undefined;
      return permissionDenied("schema", action.schema.name);
    case "create schema":
      if (who.may(action.database, "create") || who.hasSystemPrivilege("create schema")) return undefined;
      return permissionDenied("database", action.database.name);
    case "own schema":
      if (who.owns(action.schema)) return undefined;
      if (action.privilege === "drop" && who.hasSystemPrivilege("drop schema")) return undefined;
      return mustOwn("schema", action.schema.name);
    case "create temporary table":
      if (who.may(action.database, "temporary")) return undefined;
      return new SqlError(
        "42501",
        `permission denied to create temporary tables in database "${action.database.name}"`,
      );
    case "create database":
      if (who.user.createDatabase) return undefined;
      return new SqlError("42501", "permission denied to create database");
    case "own database":
      if (who.owns(action.database)) return undefined;
      return mustOwn("database", action.database.name);
  }
}

function refusalOfFunction(
  action: ActionOf<"own function" | "execute" | "use language">,
  who: Principal,
  { catalog, newest }: AuthorizationContext,
): SqlError | undefined {
  switch (action.kind) {
    case "own function":
      if (who.owns(action.function)) return undefined;
      if (action.privilege === "drop" && who.hasSystemPrivilege("drop function")) return undefined;
      if (action.privilege === "replace" && who.hasSystemPrivilege("create or replace function"))
        return undefined;
      return mustOwn("function", action.function.name);
    case "execute":
      for (const oid of action.functionOids) {
        const found = catalog.permanent.record(oid);
        if (found?.kind !== "function") return permissionDenied("function", String(oid));
        if (!who.may(newest(found), "execute")) return permissionDenied("function", found.name);
      }
      return undefined;
    case "use language": {
      const language = languageOf(action.language, catalog);
      if (language !== undefined && who.may(language, "usage")) return undefined;
      if (who.hasSystemPrivilege("create or replace function")) return undefined;
      return permissionDenied("language", action.language);
    }
  }
}

function refusalOfUsers(
  action: ActionOf<
    | "create user"
    | "alter user"
    | "drop user"
    | "create role"
    | "own role"
    | "manage groups"
    | "default privileges"
  >,
  who: Principal,
): SqlError | undefined {
  switch (action.kind) {
    case "create user":
    case "alter user":
    case "drop user":
      if (who.hasSystemPrivilege(action.kind)) return undefined;
      return mustBeSuperuser(`${action.kind}s`);
    case "manage groups":
      return mustBeSuperuser(`${action.verb} groups`);
    case "create role":
      if (who.hasSystemPrivilege("create role")) return undefined;
      return new SqlError("42501", "permission denied to create role");
    case "own role":
      if (mayRole(action, who)) return undefined;
      return new SqlError("42501", `permission denied for role ${action.role.name}`);
    case "default privileges":
      if (action.owner.id === who.user.id || who.hasSystemPrivilege("alter default privileges"))
        return undefined;
      return mustBeSuperuser("change default privileges of other users");
  }
}

/** The role's owner, and who has it with the admin option. Roles of the system are superusers' to give. */
function mayRole({ role, privilege }: ActionOf<"own role">, who: Principal): boolean {
  if (role.ownerId === who.user.id) return true;
  if (who.user.roleIds.some(({ roleId, adminOption }) => adminOption && roleId === role.id)) return true;
  if (isSystemRole(role)) return false;
  if (privilege === "drop") return who.hasSystemPrivilege("drop role");
  return privilege === "grant" && who.roles.has(securityAdministratorId);
}
