import { encodingNames } from "./encoding-numbers.ts";
import { isOneOf, lookUpNumber, lookUpText } from "./functions/look-up.ts";
import {
  constraintDefinitionSql,
  descriptionSql,
  formatTypeSql,
  functionArgumentsSql,
  functionResultSql,
  indexDefinitionSql,
  typeOidSql,
  viewDefinitionSql,
} from "./functions/object-texts.ts";
import { hasPrivilegeSql, membershipSql } from "./functions/privilege-functions.ts";
import { relationNameSql, relationOidSql } from "./functions/relation-names.ts";
import { stillView } from "./still-view.ts";
import type { SystemView } from "./system-view.ts";
import { utf8Encoding } from "./tables/pg-leader.ts";

type FunctionSql = (args: readonly string[], view: SystemView) => string;

const noText = "CAST(NULL AS VARCHAR)";

const functions: Readonly<Record<string, FunctionSql>> = Object.freeze({
  pg_get_userbyid: ([id = "NULL"], view) =>
    `COALESCE(${lookUpNumber(
      id,
      view.leader.users.map((user) => [user.id, user.name] as const),
    )}, 'unknown (UID=' || ${id} || ')')`,
  format_type: (args) => formatTypeSql(args),
  format_encoding: ([number = "NULL"]) => lookUpNumber(number, encodingNames),
  obj_description: (args, view) => descriptionSql(args, view, "object"),
  shobj_description: (args, view) => descriptionSql(args, view, "object"),
  col_description: (args, view) => descriptionSql(args, view, "column"),
  pg_get_viewdef: viewDefinitionSql,
  pg_get_constraintdef: constraintDefinitionSql,
  // Defaults stand in the catalog as texts already.
  pg_get_expr: ([text = noText]) => text,
  pg_get_function_result: (args, view) => functionResultSql(args, view),
  pg_get_function_arguments: (args, view) => functionArgumentsSql(args, view),
  pg_get_function_identity_arguments: (args, view) => functionArgumentsSql(args, view),
  pg_tablespace_location: () => "''",
  array_to_string: ([list = "NULL", separator = "''"]) => `array_to_string(${list}, ${separator})`,
  array_lower: ([list = "NULL"]) => `CASE WHEN len(${list}) > 0 THEN 1 END`,
  array_upper: ([list = "NULL"]) => `CAST(nullif(len(${list}), 0) AS INTEGER)`,
  pg_client_encoding: () => "'UTF8'",
  pg_opclass_is_visible: () => "true",
  pg_operator_is_visible: () => "true",
  pg_conversion_is_visible: () => "true",
  // SQL is everybody's.
  has_language_privilege: () => "true",
  pg_get_indexdef: indexDefinitionSql,
  // There are no rules and triggers.
  pg_get_triggerdef: () => noText,
  pg_get_ruledef: () => noText,
  pg_get_serial_sequence: () => noText,
  pg_table_is_visible: ([oid = "NULL"], view) => isOneOf(oid, visibleRelations(view)),
  pg_function_is_visible: ([oid = "NULL"], view) => {
    const path = pathOids(view);
    const hidden = view.catalog.functions
      .filter((entry) => !path.has(entry.schemaOid))
      .map((entry) => entry.oid);
    return `(NOT ${isOneOf(oid, hidden)})`;
  },
  pg_type_is_visible: ([oid = "NULL"]) => `(${oid} IS NOT NULL)`,
  pg_encoding_to_char: ([number = "NULL"]) => lookUpNumber(number, [[utf8Encoding, "UTF8"]]),
  has_table_privilege: (args, view) => hasPrivilegeSql("table", args, view),
  has_schema_privilege: (args, view) => hasPrivilegeSql("schema", args, view),
  has_database_privilege: (args, view) => hasPrivilegeSql("database", args, view),
  has_function_privilege: (args, view) => hasPrivilegeSql("function", args, view),
  user_is_member_of: (args, view) => membershipSql(args, view, "user"),
  role_is_member_of: (args, view) => membershipSql(args, view, "role"),
  current_setting: ([name = "NULL"], view) =>
    lookUpText(
      `lower(${name})`,
      view.settings.map((setting) => [setting.name, setting.value] as const),
    ),
  // Casts: a regclass is kept as the relation's name, and is its number beside numbers.
  regclass_oid: ([name = "NULL"], view) => relationOidSql(name, view),
  regtype_oid: ([name = "NULL"]) => typeOidSql(name),
  regtype_name: ([oid = "NULL"]) => formatTypeSql([oid, "-1"]),
  regclass_name: ([oid = "NULL"], view) => relationNameSql(oid, view),
});

/** The functions that `catalogFunctionSql` knows. */
export const catalogFunctionNames: readonly string[] = Object.freeze(Object.keys(functions));

/**
 * Engine SQL of the call of a function whose answer comes from the catalog, as it is at this moment.
 * @param args engine SQL of the arguments; each may be printed several times
 * @returns undefined for a function that is not of the catalog
 */
export function catalogFunctionSql(
  name: string,
  args: readonly string[],
  view: SystemView,
): string | undefined {
  return Object.hasOwn(functions, name) ? functions[name]?.(args, stillView(view)) : undefined;
}

/** The schemas of the search path in its order, the temporary one first. */
function pathOids(view: SystemView): ReadonlySet<number> {
  const { searchPath, temporarySchemaOid } = view.session;
  const named = searchPath.flatMap((name) =>
    view.catalog.schemas.filter((schema) => schema.name === name).map((schema) => schema.oid),
  );
  return new Set(temporarySchemaOid === undefined ? named : [temporarySchemaOid, ...named]);
}

/** Those that the search path finds by their bare names: pg_catalog comes first, then temporary tables. */
function visibleRelations(view: SystemView): number[] {
  const names = new Map<string, number>();
  const path = pathOids(view);
  for (const schemaOid of [...path].toReversed())
    for (const relation of view.catalog.relations)
      if (relation.schemaOid === schemaOid) names.set(relation.name, relation.oid);
  for (const table of view.systemTables) if (table.schema === "pg_catalog") names.set(table.name, table.oid);
  return [...names.values()];
}
