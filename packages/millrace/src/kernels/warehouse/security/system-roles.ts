import { systemPrivileges } from "../../../sql/redshift/parser/system-privilege.ts";
import type { RoleRecord } from "../leader-records.ts";

const monitorId = 2;
const operatorId = 3;
export const securityAdministratorId = 6;

function systemRole(
  id: number,
  name: string,
  privileges: readonly string[],
  memberOf: readonly number[] = [],
): RoleRecord {
  return Object.freeze({
    id,
    name,
    ownerId: 1,
    externalId: undefined,
    systemPrivileges: privileges,
    roleIds: memberOf.map((roleId) => ({ roleId, adminOption: false })),
  });
}

/**
 * The roles that every cluster has. See "Amazon Redshift system-defined roles" in the developer guide; their
 * numbers are Millrace's own.
 */
export const systemRoles: readonly RoleRecord[] = Object.freeze([
  systemRole(monitorId, "sys:monitor", ["access catalog", "access system table"]),
  systemRole(operatorId, "sys:operator", ["vacuum", "analyze", "cancel"], [monitorId]),
  systemRole(
    4,
    "sys:dba",
    [
      "create schema",
      "create table",
      "drop schema",
      "drop table",
      "truncate table",
      "create or replace procedure",
      "drop procedure",
      "create or replace function",
      "create or replace external function",
      "create or replace view",
      "drop view",
    ],
    [operatorId],
  ),
  systemRole(5, "sys:superuser", systemPrivileges),
  systemRole(securityAdministratorId, "sys:secadmin", [
    "create user",
    "alter user",
    "drop user",
    "create role",
    "drop role",
  ]),
]);

/** Roles of the system: nobody changes or drops them. */
export function isSystemRole({ name }: Pick<RoleRecord, "name">): boolean {
  return name.startsWith("sys:");
}
