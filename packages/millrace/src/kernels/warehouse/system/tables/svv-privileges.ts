import { bareTypeText } from "../../../../sql/redshift/type-text.ts";
import type { Grant } from "../../catalog/records.ts";
import { granteeName, userName } from "../acl-text.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";

const identityColumns = "identity_id int4, identity_name text, identity_type text";

/** Who got what. */
export function identityValues(grant: Grant, view: SystemView): SystemRow {
  return {
    identity_id: grant.granteeId,
    identity_name: granteeName(grant, view.leader),
    identity_type: grant.granteeKind,
  };
}

/**
 * Grants that the user may see: all for superusers; else those of objects that are theirs, and those that
 * reach them.
 */
export function visibleGrants(
  object: { readonly ownerId: number; readonly grants: readonly Grant[] },
  view: SystemView,
): readonly Grant[] {
  const { user } = view.session;
  if (user.superuser || object.ownerId === user.id) return object.grants;
  const rights = new PrivilegeView(user, view.leader);
  return object.grants.filter((grant) => rights.hasAny({ ownerId: 0, grants: [grant] }));
}

function privilegeValues(grant: Grant, view: SystemView): SystemRow {
  return { privilege_type: grant.privilege.toUpperCase(), ...identityValues(grant, view) };
}

function namesOfSchemas(view: SystemView): Map<number, string> {
  return new Map(view.catalog.schemas.map((schema) => [schema.oid, schema.name]));
}

const withOption = (grant: Grant): SystemRow => ({ admin_option: grant.withGrantOption });

export const svvPrivilegeTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "svv_relation_privileges",
    `namespace_name text, relation_name text, privilege_type text, ${identityColumns}, admin_option bool`,
    (view) => {
      const schemas = namesOfSchemas(view);
      return view.catalog.relations.flatMap((relation) =>
        visibleGrants(relation, view)
          .filter((grant) => grant.column === undefined)
          .map((grant) => ({
            namespace_name: schemas.get(relation.schemaOid) ?? null,
            relation_name: relation.name,
            ...privilegeValues(grant, view),
            ...withOption(grant),
          })),
      );
    },
  ),
  systemTable(
    "svv_column_privileges",
    `namespace_name text, relation_name text, column_name text, privilege_type text, ${identityColumns}`,
    (view) => {
      const schemas = namesOfSchemas(view);
      return view.catalog.relations.flatMap((relation) =>
        visibleGrants(relation, view)
          .filter((grant) => grant.column !== undefined)
          .map((grant) => ({
            namespace_name: schemas.get(relation.schemaOid) ?? null,
            relation_name: relation.name,
            column_name: grant.column ?? null,
            ...privilegeValues(grant, view),
          })),
      );
    },
  ),
  systemTable(
    "svv_schema_privileges",
    `namespace_name text, privilege_type text, ${identityColumns}, admin_option bool, privilege_scope text`,
    (view) =>
      view.catalog.schemas.flatMap((schema) =>
        visibleGrants(schema, view).map((grant) => ({
          namespace_name: schema.name,
          ...privilegeValues(grant, view),
          ...withOption(grant),
          privilege_scope: "SCHEMA",
        })),
      ),
  ),
  systemTable(
    "svv_database_privileges",
    `database_name text, privilege_type text, ${identityColumns}, admin_option bool, privilege_scope text`,
    (view) =>
      view.leader.databases.flatMap((database) =>
        visibleGrants(database, view).map((grant) => ({
          database_name: database.name,
          ...privilegeValues(grant, view),
          privilege_type: databasePrivilege(grant),
          ...withOption(grant),
          privilege_scope: "DATABASE",
        })),
      ),
  ),
  systemTable(
    "svv_function_privileges",
    `namespace_name text, function_name text, argument_types text, privilege_type text, ${identityColumns},
     admin_option bool`,
    (view) => {
      const schemas = namesOfSchemas(view);
      return view.catalog.functions.flatMap((entry) =>
        visibleGrants(entry, view).map((grant) => ({
          namespace_name: schemas.get(entry.schemaOid) ?? null,
          function_name: entry.name,
          argument_types: entry.parameterTypes.map(bareTypeText).join(", "),
          ...privilegeValues(grant, view),
          ...withOption(grant),
        })),
      );
    },
  ),
  systemTable(
    "svv_language_privileges",
    `language_name text, privilege_type text, ${identityColumns}, admin_option bool`,
    (view) =>
      view.catalog.languages.flatMap((language) =>
        visibleGrants(language, view).map((grant) => ({
          language_name: language.name,
          ...privilegeValues(grant, view),
          ...withOption(grant),
        })),
      ),
  ),
  systemTable(
    "svv_default_privileges",
    `schema_name text, object_type text, owner_id int4, owner_name text, owner_type text, privilege_type text,
     grantee_id int4, grantee_name text, grantee_type text, admin_option bool`,
    (view) => {
      const schemas = namesOfSchemas(view);
      const { user } = view.session;
      return view.catalog.defaultPrivileges
        .filter((entry) => user.superuser || entry.ownerId === user.id)
        .map((entry) => ({
          schema_name: entry.schemaOid === undefined ? null : (schemas.get(entry.schemaOid) ?? null),
          object_type: objectTypes[entry.objectType],
          owner_id: entry.ownerId,
          owner_name: userName(entry.ownerId, view.leader),
          owner_type: "user",
          privilege_type: entry.grant.privilege.toUpperCase(),
          grantee_id: entry.grant.granteeId,
          grantee_name: granteeName(entry.grant, view.leader),
          grantee_type: entry.grant.granteeKind,
          ...withOption(entry.grant),
        }));
    },
  ),
]);

const objectTypes = Object.freeze({ tables: "RELATION", functions: "FUNCTION", procedures: "PROCEDURE" });

export function databasePrivilege(grant: Grant): string {
  return grant.privilege === "temporary" ? "TEMP" : grant.privilege.toUpperCase();
}

export const svvRoleTables: readonly SystemTable[] = Object.freeze([
  systemTable("svv_roles", "role_id int4, role_name text, role_owner text, external_id text", (view) =>
    visibleRoles(view).map((role) => ({
      role_id: role.id,
      role_name: role.name,
      role_owner: userName(role.ownerId, view.leader),
      external_id: role.externalId ?? null,
    })),
  ),
  systemTable(
    "svv_role_grants",
    "role_id int4, role_name text, granted_role_id int4, granted_role_name text",
    (view) =>
      visibleRoles(view).flatMap((role) =>
        role.roleIds.map((membership) => ({
          role_id: role.id,
          role_name: role.name,
          granted_role_id: membership.roleId,
          granted_role_name: view.leader.roles.find((other) => other.id === membership.roleId)?.name ?? null,
        })),
      ),
  ),
  systemTable(
    "svv_user_grants",
    "user_id int4, user_name text, role_id int4, role_name text, admin_option bool",
    (view) =>
      view.leader.users
        .filter((user) => view.session.user.superuser || user.id === view.session.user.id)
        .flatMap((user) =>
          user.roleIds.map((membership) => ({
            user_id: user.id,
            user_name: user.name,
            role_id: membership.roleId,
            role_name: view.leader.roles.find((role) => role.id === membership.roleId)?.name ?? null,
            admin_option: membership.adminOption,
          })),
        ),
  ),
  systemTable("svv_system_privileges", `system_privilege text, ${identityColumns}`, (view) =>
    visibleRoles(view).flatMap((role) =>
      role.systemPrivileges.map((privilege) => ({
        system_privilege: privilege.toUpperCase(),
        identity_id: role.id,
        identity_name: role.name,
        identity_type: "role",
      })),
    ),
  ),
]);

/** Superusers see all roles, others those that they own or have. */
function visibleRoles(view: SystemView): SystemView["leader"]["roles"] {
  const { user } = view.session;
  if (user.superuser) return view.leader.roles;
  const granted = new Set(new PrivilegeView(user, view.leader).roles);
  return view.leader.roles.filter((role) => role.ownerId === user.id || granted.has(role));
}
