import { type SystemTable, systemTable } from "../system-table.ts";

/**
 * What Redshift does not have and psql asks for since version 15, which takes any server for PostgreSQL 9.2 at
 * least: with these `\\d`, `\\du` and their like answer.
 */
export const psqlTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "pg_roles",
    `oid oid, rolname name, rolsuper bool, rolinherit bool, rolcreaterole bool, rolcreatedb bool, rolcanlogin bool,
     rolreplication bool, rolconnlimit int4, rolpassword text, rolvaliduntil timestamptz, rolconfig text[]`,
    (view) => [
      ...view.leader.users.map((user) => ({
        oid: user.id,
        rolname: user.name,
        rolsuper: user.superuser,
        rolinherit: true,
        rolcreaterole: user.createUser,
        rolcreatedb: user.createDatabase,
        rolcanlogin: true,
        rolreplication: false,
        rolconnlimit: user.connectionLimit,
        rolpassword: "********",
        rolvaliduntil: user.validUntilMs ?? null,
      })),
      ...view.leader.groups.map((group) => ({
        oid: group.id,
        rolname: group.name,
        rolsuper: false,
        rolinherit: true,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        rolreplication: false,
        rolconnlimit: -1,
      })),
    ],
    { kind: "v" },
  ),
  systemTable("pg_auth_members", "roleid oid, member oid, grantor oid, admin_option bool", (view) =>
    view.leader.groups.flatMap((group) =>
      group.userIds.map((member) => ({ roleid: group.id, member, grantor: 1, admin_option: false })),
    ),
  ),
  systemTable(
    "pg_collation",
    "oid oid, collname name, collnamespace oid, collowner oid, collencoding int4, collcollate name, collctype name",
    () => [
      {
        oid: 100,
        collname: "default",
        collnamespace: 11,
        collowner: 1,
        collencoding: -1,
        collcollate: "",
        collctype: "",
      },
    ],
  ),
]);
