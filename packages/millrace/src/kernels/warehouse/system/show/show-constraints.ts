import type { ShowConstraints } from "../../../../sql/redshift/ast/show.ts";
import type { ConstraintRecord, RelationRecord } from "../../catalog/records.ts";
import { systemColumns } from "../system-column.ts";
import { columnNamed } from "../system-objects.ts";
import type { SystemRow } from "../system-table.ts";
import type { SystemCatalog } from "../system-view.ts";
import { filtered, type ShowCommand, tableNamed } from "./show-command.ts";

const primaryKeyColumns = systemColumns(`database_name varchar(128), schema_name varchar(128),
  table_name varchar(128), pk_name varchar(128), column_name varchar(128), key_seq int4`);
const foreignKeyColumns = systemColumns(`pk_database_name varchar(128), pk_schema_name varchar(128),
  pk_table_name varchar(128), pk_column_name varchar(128), fk_database_name varchar(128),
  fk_schema_name varchar(128), fk_table_name varchar(128), fk_column_name varchar(128), key_seq int4,
  fk_name varchar(128), pk_name varchar(128), update_rule int2, delete_rule int2,
  deferrability int2`);

export const showConstraints: ShowCommand<ShowConstraints> = {
  columns: (ast) => (ast.constraints === "primary keys" ? primaryKeyColumns : foreignKeyColumns),
  rows: async (ast, request) => {
    const place = await tableNamed(ast.table, request);
    if (place.kind !== "local") return [];
    const { view } = request;
    const isOwn = place.database.oid === view.session.database.oid;
    const catalog = isOwn ? view.catalog : await view.catalogOf(place.database);
    const rows =
      ast.constraints === "primary keys"
        ? primaryKeyRows(place.relation, place.database.name, place.schema.name)
        : ast.constraints === "foreign keys"
          ? foreignKeyRows([place.relation], () => true, catalog, place.database.name)
          : foreignKeyRows(
              catalog.relations,
              ({ references }) => references?.relationOid === place.relation.oid,
              catalog,
              place.database.name,
            );
    return filtered(rows, ast, "key_seq", request);
  },
};

function primaryKeyRows(relation: RelationRecord, database: string, schema: string): SystemRow[] {
  return relation.constraints
    .filter((constraint) => constraint.type === "primary key")
    .flatMap((constraint) =>
      constraint.columns.map((number, index) => ({
        database_name: database,
        schema_name: schema,
        table_name: relation.name,
        pk_name: constraint.name,
        column_name: columnNamed(relation, number)?.name ?? null,
        key_seq: index + 1,
      })),
    );
}

function foreignKeyRows(
  relations: readonly RelationRecord[],
  keep: (constraint: ConstraintRecord) => boolean,
  catalog: SystemCatalog,
  database: string,
): SystemRow[] {
  const schemaName = (oid: number | undefined): string | null =>
    catalog.schemas.find((schema) => schema.oid === oid)?.name ?? null;
  return relations.flatMap((relation) =>
    relation.constraints.filter(keep).flatMap((constraint) => {
      const { references } = constraint;
      if (references === undefined) return [];
      const target = catalog.relations.find((candidate) => candidate.oid === references.relationOid);
      const key = target?.constraints.find(
        (candidate) => candidate.columns.join() === references.columns.join(),
      );
      return constraint.columns.map((number, index) => ({
        pk_database_name: database,
        pk_schema_name: schemaName(target?.schemaOid),
        pk_table_name: target?.name ?? null,
        pk_column_name:
          target === undefined ? null : (columnNamed(target, references.columns[index])?.name ?? null),
        fk_database_name: database,
        fk_schema_name: schemaName(relation.schemaOid),
        fk_table_name: relation.name,
        fk_column_name: columnNamed(relation, number)?.name ?? null,
        key_seq: index + 1,
        fk_name: constraint.name,
        pk_name: key?.name ?? null,
        // Drivers take NULL for "no action" and "not deferrable", which is all that there is.
      }));
    }),
  );
}
