import type { GrantPrivilege, Grant as GrantStatement, Revoke } from "../../../sql/redshift/ast/security.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Grant, Privilege } from "../catalog/records.ts";
import { permissionDenied } from "../security/denied.ts";
import { type GrantChange, withGrant, withoutGrant } from "../security/grant-list.ts";
import { type GrantTargetObject, grantTargets } from "../security/grant-targets.ts";
import { Principal } from "../security/principal.ts";
import { tagResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { granteeOf } from "./users-found.ts";

/** A privilege on the whole object, or on one of its columns. */
interface Asked {
  readonly privilege: Privilege;
  readonly column: string | undefined;
}

export const grant: StatementKind<GrantStatement> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const grantees = ast.grantees.map((grantee) => {
      if (grantee.grantOption && grantee.kind !== "user")
        throw new SqlError("0LP01", "grant options can only be granted to individual users");
      return { ...granteeOf(grantee, context), grantOption: grantee.grantOption };
    });
    for (const object of await grantTargets(ast.target, context)) {
      const asked = askedOf(ast, object);
      if (asked.some(({ column }) => column !== undefined) && grantees.some(({ grantOption }) => grantOption))
        throw new SqlError("0A000", "WITH GRANT OPTION is not supported for column privileges");
      const { grantorId, allowed } = allowedTo(asked, object, "granted", context);
      let { grants } = object;
      for (const { granteeKind, granteeId, grantOption } of grantees)
        for (const { privilege, column } of allowed) {
          const change: GrantChange = { granteeKind, granteeId, grantorId, privilege, column };
          grants = withGrant(grants, change, grantOption, object);
        }
      put(object, grants);
    }
    return tagResult("GRANT");
  },
} satisfies StatementKind<GrantStatement>);

export const revoke: StatementKind<Revoke> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const grantees = ast.grantees.map((grantee) => {
      if (ast.grantOptionFor && grantee.kind !== "user")
        throw new SqlError("0LP01", "grant options can only be revoked from individual users");
      return granteeOf(grantee, context);
    });
    const options = { optionOnly: ast.grantOptionFor, cascade: ast.behavior === "cascade" };
    for (const object of await grantTargets(ast.target, context)) {
      const { grantorId, allowed } = allowedTo(askedOf(ast, object), object, "revoked", context);
      let { grants } = object;
      for (const { granteeKind, granteeId } of grantees)
        for (const { privilege, column } of allowed) {
          const change: GrantChange = { granteeKind, granteeId, grantorId, privilege, column };
          grants = withoutGrant(grants, change, options, object);
        }
      put(object, grants);
    }
    return tagResult("REVOKE");
  },
} satisfies StatementKind<Revoke>);

function put(object: GrantTargetObject, grants: readonly Grant[]): void {
  if (grants !== object.grants) object.put(grants);
}

/** @throws SqlError 0LP01 for privileges that the object does not have, 42703 for columns that are not there */
function askedOf(
  { privileges, allColumns }: Pick<GrantStatement, "privileges" | "allColumns">,
  object: GrantTargetObject,
): readonly Asked[] {
  if (privileges === undefined && allColumns.length === 0)
    return object.all.map((privilege) => ({ privilege, column: undefined }));
  const written: readonly Pick<GrantPrivilege, "name" | "columns">[] =
    privileges ?? object.columnPrivileges.map((name) => ({ name, columns: allColumns }));
  if (written.length === 0) throw noColumnPrivileges(object);
  return written.flatMap(({ name, columns }): readonly Asked[] => {
    if (!object.all.includes(name))
      throw new SqlError("0LP01", `invalid privilege type ${name.toUpperCase()} for ${object.word}`);
    if (columns.length === 0) return [{ privilege: name, column: undefined }];
    if (!object.columnPrivileges.includes(name)) throw noColumnPrivileges(object);
    return columns.map((column) => {
      if (!object.columns.includes(column.name))
        throw new SqlError("42703", `column "${column.name}" of relation "${object.name}" does not exist`);
      return { privilege: name, column: column.name };
    });
  });
}

function noColumnPrivileges({ word, name, columnPrivileges }: GrantTargetObject): SqlError {
  if (columnPrivileges.length === 0)
    return new SqlError("0A000", `column privileges cannot be granted on ${word} "${name}"`);
  const possible = columnPrivileges.map((privilege) => privilege.toUpperCase()).join(" and ");
  return new SqlError("0LP01", `only ${possible} can be granted on columns of ${word} "${name}"`);
}

/**
 * What the user may grant or revoke of it, and as whom: owners and superusers act as the owner.
 * @throws SqlError 42501 for who has nothing at all on the object; less than everything is a warning, as PostgreSQL has it
 */
function allowedTo(
  asked: readonly Asked[],
  object: GrantTargetObject,
  done: "granted" | "revoked",
  context: StatementContext,
): { readonly grantorId: number; readonly allowed: readonly Asked[] } {
  const { leader, user } = context;
  const principal = new Principal(leader.users.get(user.id) ?? { ...user, superuser: false }, {
    groups: leader.groups.values(),
    roles: leader.roles.values(),
  });
  if (principal.owns(object)) return { grantorId: object.ownerId, allowed: asked };
  // Columns are the owner's to grant.
  const allowed = asked.filter(
    ({ privilege, column }) => column === undefined && principal.mayGrant(object, privilege),
  );
  if (allowed.length === 0 && !principal.mayAnything(object))
    throw permissionDenied(object.word, object.name);
  if (allowed.length === 0)
    context.notice("WARNING", `no privileges could be ${done} for "${object.name}"`, "01007");
  else if (allowed.length < asked.length)
    context.notice("WARNING", `not all privileges could be ${done} for "${object.name}"`, "01007");
  return { grantorId: user.id, allowed };
}
