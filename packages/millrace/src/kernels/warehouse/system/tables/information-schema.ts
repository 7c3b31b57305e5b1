import { bareTypeText } from "../../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../../sql/redshift/types.ts";
import type { RelationRecord, SchemaRecord } from "../../catalog/records.ts";
import { granteeName, userName } from "../acl-text.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { allSchemas, columnNamed, defaultText, relationsInSchemas } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemTableFact, SystemView } from "../system-view.ts";
import { typeOid } from "../type-oids.ts";
import { viewDefinition } from "./pg-views.ts";

const inSchema = { schema: "information_schema" } as const;

/** Tables and views that the user has any right to. */
function* visibleRelations(view: SystemView): Iterable<readonly [RelationRecord, SchemaRecord]> {
  const rights = new PrivilegeView(view.session.user, view.leader);
  for (const pair of relationsInSchemas(view)) if (rights.hasAny(pair[0])) yield pair;
}

const tables: SystemTable = systemTable(
  "tables",
  `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), table_type varchar(128),
   self_referencing_column_name varchar(128), reference_generation varchar(128),
   user_defined_type_catalog varchar(128), user_defined_type_schema varchar(128), user_defined_name varchar(128)`,
  (view) => [
    ...[...view.systemTables].map((table) => ({
      table_catalog: view.session.database.name,
      table_schema: table.schema,
      table_name: table.name,
      table_type: table.kind === "v" ? "VIEW" : "BASE TABLE",
    })),
    ...[...visibleRelations(view)].map(([relation, schema]) => ({
      table_catalog: view.session.database.name,
      table_schema: schema.name,
      table_name: relation.name,
      table_type:
        relation.type !== "table"
          ? "VIEW"
          : schema.name.startsWith("pg_temp")
            ? "LOCAL TEMPORARY"
            : "BASE TABLE",
    })),
  ],
  inSchema,
);

const schemata: SystemTable = systemTable(
  "schemata",
  `catalog_name varchar(128), schema_name varchar(128), schema_owner varchar(128),
   default_character_set_catalog varchar(128), default_character_set_schema varchar(128),
   default_character_set_name varchar(128), sql_path varchar(128)`,
  (view) => {
    const rights = new PrivilegeView(view.session.user, view.leader);
    return allSchemas(view)
      .filter((schema) => rights.seesSchema(schema))
      .map((schema) => ({
        catalog_name: view.session.database.name,
        schema_name: schema.name,
        schema_owner: userName(schema.ownerId, view.leader),
      }));
  },
  inSchema,
);

const views: SystemTable = systemTable(
  "views",
  `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), view_definition text,
   check_option varchar(128), is_updatable varchar(128), is_insertable_into varchar(128)`,
  (view) => {
    const rights = new PrivilegeView(view.session.user, view.leader);
    return [...visibleRelations(view)]
      .filter(([relation]) => relation.type !== "table")
      .map(([relation, schema]) => ({
        table_catalog: view.session.database.name,
        table_schema: schema.name,
        table_name: relation.name,
        // As PostgreSQL: the text is its owner's.
        view_definition: rights.has({ ownerId: relation.ownerId, grants: [] }, "select")
          ? viewDefinition(relation)
          : null,
        check_option: "NONE",
        is_updatable: "NO",
        is_insertable_into: "NO",
      }));
  },
  inSchema,
);

export interface ColumnMeasures {
  readonly maximumLength: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly radix: number | null;
  readonly timePrecision: number | null;
}

const bitsOfIntegers: Readonly<Record<string, number>> = Object.freeze({
  smallint: 16,
  integer: 32,
  bigint: 64,
});
const bitsOfFloats: Readonly<Record<string, number>> = Object.freeze({ real: 24, "double precision": 53 });

/** What the views of columns say of a type's size. */
export function columnMeasures(type: SqlType): ColumnMeasures {
  const none = { maximumLength: null, precision: null, scale: null, radix: null, timePrecision: null };
  const bits = bitsOfIntegers[type.name];
  if (bits !== undefined) return { ...none, precision: bits, scale: 0, radix: 2 };
  const floatBits = bitsOfFloats[type.name];
  if (floatBits !== undefined) return { ...none, precision: floatBits, radix: 2 };
  if (type.name === "numeric")
    return { ...none, precision: type.precision ?? 18, scale: type.scale ?? 0, radix: 10 };
  if (/^time|^interval/.test(type.name)) return { ...none, timePrecision: 6 };
  return { ...none, maximumLength: type.length ?? null };
}

const columns: SystemTable = systemTable(
  "columns",
  `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128),
   ordinal_position int4, column_default varchar(4000), is_nullable varchar(3), data_type varchar(128),
   character_maximum_length int4, character_octet_length int4, numeric_precision int4,
   numeric_precision_radix int4, numeric_scale int4, datetime_precision int4, interval_type varchar(128),
   interval_precision varchar(128), character_set_catalog varchar(128), character_set_schema varchar(128),
   character_set_name varchar(128), collation_catalog varchar(128), collation_schema varchar(128),
   collation_name varchar(128), domain_catalog varchar(128), domain_schema varchar(128), domain_name varchar(128),
   udt_catalog varchar(128), udt_schema varchar(128), udt_name varchar(128), scope_catalog varchar(128),
   scope_schema varchar(128), scope_name varchar(128), maximum_cardinality int4, dtd_identifier varchar(128),
   is_self_referencing varchar(3)`,
  columnRows,
  inSchema,
);

function* columnRows(view: SystemView): Iterable<SystemRow> {
  const catalog = view.session.database.name;
  for (const table of view.systemTables) yield* systemColumnRows(table, catalog);
  for (const [relation, schema] of visibleRelations(view)) {
    let position = 0;
    for (const column of relation.columns)
      yield {
        ...columnRow(catalog, schema.name, relation.name, column.name, ++position, column.type),
        column_default: defaultText(relation, column),
        is_nullable: column.nullable ? "YES" : "NO",
      };
  }
}

function* systemColumnRows(table: SystemTableFact, catalog: string): Iterable<SystemRow> {
  let position = 0;
  for (const column of table.columns)
    if (!column.hidden)
      yield columnRow(catalog, table.schema, table.name, column.name, ++position, column.type);
}

function columnRow(
  catalog: string,
  schema: string,
  table: string,
  name: string,
  position: number,
  type: SqlType,
): SystemRow {
  const measures = columnMeasures(type);
  return {
    table_catalog: catalog,
    table_schema: schema,
    table_name: table,
    column_name: name,
    ordinal_position: position,
    is_nullable: "YES",
    data_type: type.name === "array" ? "ARRAY" : bareTypeText(type),
    character_maximum_length: measures.maximumLength,
    numeric_precision: measures.precision,
    numeric_precision_radix: measures.radix,
    numeric_scale: measures.scale,
    datetime_precision: measures.timePrecision,
    udt_catalog: catalog,
    udt_schema: "pg_catalog",
    udt_name: String(typeOid(type)),
    dtd_identifier: String(position),
    is_self_referencing: "NO",
  };
}

const tableConstraints: SystemTable = systemTable(
  "table_constraints",
  `constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128),
   table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), constraint_type varchar(128),
   is_deferrable varchar(3), initially_deferred varchar(3)`,
  (view) =>
    constraintRows(view, ({ relation, constraint, names }) => [
      {
        ...names,
        table_catalog: view.session.database.name,
        table_schema: names.constraint_schema,
        table_name: relation.name,
        constraint_type: constraint.type.toUpperCase(),
        is_deferrable: "NO",
        initially_deferred: "NO",
      },
    ]),
  inSchema,
);

const keyColumnUsage: SystemTable = systemTable(
  "key_column_usage",
  `constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128),
   table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128),
   ordinal_position int4`,
  (view) =>
    constraintRows(view, ({ relation, constraint, names }) =>
      constraint.columns.map((number, index) => ({
        ...names,
        table_catalog: view.session.database.name,
        table_schema: names.constraint_schema,
        table_name: relation.name,
        column_name: columnNamed(relation, number)?.name ?? null,
        ordinal_position: index + 1,
      })),
    ),
  inSchema,
);

const constraintColumnUsage: SystemTable = systemTable(
  "constraint_column_usage",
  `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128),
   constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128)`,
  (view) =>
    constraintRows(view, ({ relation, constraint, names }) => {
      // Of a foreign key the columns that it points to.
      const { references } = constraint;
      const used =
        references === undefined
          ? relation
          : view.catalog.relations.find((candidate) => candidate.oid === references.relationOid);
      const schema = view.catalog.schemas.find((candidate) => candidate.oid === used?.schemaOid);
      return (references?.columns ?? constraint.columns).map((number) => ({
        ...names,
        table_catalog: view.session.database.name,
        table_schema: schema?.name ?? null,
        table_name: used?.name ?? null,
        column_name: used === undefined ? null : (columnNamed(used, number)?.name ?? null),
      }));
    }),
  inSchema,
);

const referentialConstraints: SystemTable = systemTable(
  "referential_constraints",
  `constraint_catalog varchar(128), constraint_schema varchar(128), constraint_name varchar(128),
   unique_constraint_catalog varchar(128), unique_constraint_schema varchar(128),
   unique_constraint_name varchar(128), match_option varchar(128), update_rule varchar(128),
   delete_rule varchar(128)`,
  (view) =>
    constraintRows(view, ({ constraint, names }) => {
      const { references } = constraint;
      if (references === undefined) return [];
      const target = view.catalog.relations.find((candidate) => candidate.oid === references.relationOid);
      const key = target?.constraints.find(
        (candidate) =>
          candidate.references === undefined && candidate.columns.join() === references.columns.join(),
      );
      const schema = view.catalog.schemas.find((candidate) => candidate.oid === target?.schemaOid);
      return [
        {
          ...names,
          unique_constraint_catalog: key === undefined ? null : view.session.database.name,
          unique_constraint_schema: key === undefined ? null : (schema?.name ?? null),
          unique_constraint_name: key?.name ?? null,
          match_option: "NONE",
          update_rule: "NO ACTION",
          delete_rule: "NO ACTION",
        },
      ];
    }),
  inSchema,
);

interface ConstraintPlace {
  readonly relation: RelationRecord;
  readonly constraint: RelationRecord["constraints"][number];
  readonly names: {
    readonly constraint_catalog: string;
    readonly constraint_schema: string;
    readonly constraint_name: string;
  };
}

function constraintRows(view: SystemView, rows: (place: ConstraintPlace) => SystemRow[]): SystemRow[] {
  return [...visibleRelations(view)].flatMap(([relation, schema]) =>
    relation.constraints.flatMap((constraint) =>
      rows({
        relation,
        constraint,
        names: {
          constraint_catalog: view.session.database.name,
          constraint_schema: schema.name,
          constraint_name: constraint.name,
        },
      }),
    ),
  );
}

/** Privileges that PostgreSQL's information_schema knows of. */
const standardPrivileges: ReadonlySet<string> = new Set([
  "select",
  "insert",
  "update",
  "delete",
  "references",
  "rule",
  "trigger",
]);

const tablePrivileges: SystemTable = systemTable(
  "table_privileges",
  `grantor varchar(128), grantee varchar(128), table_catalog varchar(128), table_schema varchar(128),
   table_name varchar(128), privilege_type varchar(128), is_grantable varchar(3), with_hierarchy varchar(3)`,
  (view) =>
    [...visibleRelations(view)].flatMap(([relation, schema]) =>
      relation.grants
        .filter((grant) => grant.column === undefined && standardPrivileges.has(grant.privilege))
        .map((grant) => ({
          grantor: userName(grant.grantorId, view.leader),
          grantee: grant.granteeKind === "public" ? "PUBLIC" : granteeName(grant, view.leader),
          table_catalog: view.session.database.name,
          table_schema: schema.name,
          table_name: relation.name,
          privilege_type: grant.privilege.toUpperCase(),
          is_grantable: grant.withGrantOption ? "YES" : "NO",
          with_hierarchy: "NO",
        })),
    ),
  inSchema,
);

const enabledRoles: SystemTable = systemTable(
  "enabled_roles",
  "role_name varchar(128)",
  (view) =>
    view.leader.groups
      .filter((group) => group.userIds.includes(view.session.user.id))
      .map((group) => ({ role_name: group.name })),
  inSchema,
);

const applicableRoles: SystemTable = systemTable(
  "applicable_roles",
  "grantee varchar(128), role_name varchar(128), is_grantable varchar(3)",
  (view) =>
    view.leader.groups
      .filter((group) => group.userIds.includes(view.session.user.id))
      .map((group) => ({ grantee: view.session.user.name, role_name: group.name, is_grantable: "NO" })),
  inSchema,
);

export const informationSchemaTables: readonly SystemTable[] = Object.freeze([
  tables,
  schemata,
  views,
  columns,
  tableConstraints,
  keyColumnUsage,
  constraintColumnUsage,
  referentialConstraints,
  tablePrivileges,
  enabledRoles,
  applicableRoles,
]);
