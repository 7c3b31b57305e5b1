import { SqlError } from "../../../../sql/sql-error.ts";
import type { Grant, Privilege } from "../../catalog/records.ts";
import type { UserRecord } from "../../leader-records.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { allSchemas } from "../system-objects.ts";
import type { SystemView } from "../system-view.ts";
import { lookUpText } from "./look-up.ts";
import { relationOidSql } from "./relation-names.ts";

interface Securable {
  readonly key: string;
  readonly ownerId: number;
  readonly grants: readonly Grant[];
}

type SecurableKind = "table" | "schema" | "database" | "function";

/** What may be asked for. `temp` is another word for `temporary`. */
const privilegesOf: Readonly<Record<SecurableKind, readonly Privilege[]>> = Object.freeze({
  table: [
    "select",
    "insert",
    "update",
    "delete",
    "references",
    "rule",
    "trigger",
    "drop",
    "truncate",
    "alter",
  ],
  schema: ["usage", "create"],
  database: ["create", "temporary"],
  function: ["execute"],
});

/** Users times objects that one call may be asked about. */
const maximumPairs = 200_000;

/**
 * `has_<kind>_privilege([user,] object, privilege)`: a look-up of what the user may do with the object.
 * NULL for an object that there is not, where Redshift raises an error.
 */
export function hasPrivilegeSql(kind: SecurableKind, args: readonly string[], view: SystemView): string {
  const [user, object, privilege] = args.length === 2 ? [undefined, args[0], args[1]] : args;
  if (object === undefined || privilege === undefined) return "CAST(NULL AS BOOLEAN)";
  const users = user === undefined ? [view.session.user] : usersNamed(user, view);
  const objects = securables(kind, view);
  if (users.length * objects.length > maximumPairs) {
    throw new SqlError("54000", `has_${kind}_privilege is asked about too many users and objects at once`);
  }
  const entries = users.flatMap((candidate) => {
    const rights = new PrivilegeView(candidate, view.leader);
    return objects.map(
      (securable) => [`${candidate.name} ${securable.key}`, rightsText(kind, securable, rights)] as const,
    );
  });
  const who =
    user === undefined ? `'${view.session.user.name.replaceAll("'", "''")}'` : `CAST(${user} AS VARCHAR)`;
  const found = lookUpText(`(${who} || ' ' || ${objectKeySql(kind, object, view)})`, entries);
  const asked = `replace(lower(trim(CAST(${privilege} AS VARCHAR))), 'temporary', 'temp')`;
  return `contains(${found}, '|' || ${asked} || '|')`;
}

/** All users where the argument is no literal. */
function usersNamed(sql: string, view: SystemView): readonly UserRecord[] {
  const literal = /^'((?:[^']|'')*)'$/.exec(sql)?.[1]?.replaceAll("''", "'");
  if (literal === undefined) return view.leader.users;
  const user = view.leader.users.find((candidate) => candidate.name === literal);
  if (user === undefined) throw new SqlError("42704", `user "${literal}" does not exist`);
  return [user];
}

function securables(kind: SecurableKind, view: SystemView): readonly Securable[] {
  switch (kind) {
    case "table":
      return [
        ...[...view.systemTables].map((table) => ({
          key: String(table.oid),
          ownerId: 1,
          grants: selectOfAll,
        })),
        ...view.catalog.relations.map((relation) => ({ key: String(relation.oid), ...relation })),
      ];
    case "schema":
      return allSchemas(view).flatMap((schema) => keyed(schema));
    case "database":
      return view.leader.databases.flatMap((database) => keyed(database));
    case "function":
      return view.catalog.functions.map((entry) => ({ key: String(entry.oid), ...entry }));
  }
}

/** By name and by number. */
function keyed(
  object: Omit<Securable, "key"> & { readonly oid: number; readonly name: string },
): Securable[] {
  const { ownerId, grants } = object;
  return [
    { key: object.name, ownerId, grants },
    { key: String(object.oid), ownerId, grants },
  ];
}

const selectOfAll: readonly Grant[] = Object.freeze([
  { granteeKind: "public", granteeId: 0, grantorId: 1, privilege: "select", withGrantOption: false },
]);

/** `|select|insert|select with grant option|` */
function rightsText(kind: SecurableKind, object: Securable, rights: PrivilegeView): string {
  const names = privilegesOf[kind].flatMap((privilege) => {
    const name = privilege === "temporary" ? "temp" : privilege;
    if (!rights.has(object, privilege)) return [];
    return rights.has(object, privilege, { grantable: true }) ? [name, `${name} with grant option`] : [name];
  });
  return `|${names.join("|")}|`;
}

function objectKeySql(kind: SecurableKind, sql: string, view: SystemView): string {
  if (kind === "table") return `CAST(${relationOidSql(sql, view)} AS VARCHAR)`;
  return `replace(trim(CAST(${sql} AS VARCHAR)), '"', '')`;
}

/** `user_is_member_of(user, role)` and `role_is_member_of(role, role)`. */
export function membershipSql(args: readonly string[], view: SystemView, of: "user" | "role"): string {
  const [member = "NULL", role = "NULL"] = args;
  const entries =
    of === "user"
      ? view.leader.users.map(({ name, roleIds }) => [name, roleIds] as const)
      : view.leader.roles.map(({ name, roleIds }) => [name, roleIds] as const);
  const memberOf = entries.map(
    ([name, roleIds]) =>
      [
        name,
        rolesText(
          roleIds.map(({ roleId }) => roleId),
          view,
        ),
      ] as const,
  );
  return `contains(${lookUpText(member, memberOf)}, '|' || CAST(${role} AS VARCHAR) || '|')`;
}

/** The roles and all that they are members of. */
function rolesText(ids: readonly number[], view: SystemView): string {
  const found = new Map<number, string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const role = view.leader.roles.find((candidate) => candidate.id === id);
    if (role === undefined || found.has(id)) continue;
    found.set(id, role.name);
    open.push(...role.roleIds.map(({ roleId }) => roleId));
  }
  return `|${[...found.values()].join("|")}|`;
}
