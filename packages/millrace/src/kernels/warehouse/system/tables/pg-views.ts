import { formatType } from "../../../../sql/redshift/type-text.ts";
import type { RelationRecord } from "../../catalog/records.ts";
import { userName } from "../acl-text.ts";
import { encodingText } from "../encoding-numbers.ts";
import { isDistributionKey, relationsInSchemas, sortKeyOrder } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";

export const pgViews: SystemTable = systemTable(
  "pg_views",
  "schemaname name, viewname name, viewowner name, definition text",
  (view) => [
    ...[...view.systemTables]
      .filter((table) => table.kind === "v")
      .map((table) => ({
        schemaname: table.schema,
        viewname: table.name,
        viewowner: "rdsdb",
        definition: "",
      })),
    ...[...relationsInSchemas(view)]
      .filter(([relation]) => relation.type !== "table")
      .map(([relation, schema]) => ({
        schemaname: schema.name,
        viewname: relation.name,
        viewowner: userName(relation.ownerId, view.leader),
        definition: viewDefinition(relation),
      })),
  ],
  { kind: "v" },
);

/** What pg_get_viewdef gives: the query; of late-binding views and materialized ones the whole statement. */
export function viewDefinition(relation: RelationRecord): string {
  const query = (relation.definition ?? "").trim().replace(/;$/, "");
  switch (relation.type) {
    case "late-binding view":
      return `create view ${relation.name} as ${query} with no schema binding;`;
    case "materialized view":
      return `create materialized view ${relation.name} as ${query};`;
    default:
      return ` ${query};`;
  }
}

export const pgTables: SystemTable = systemTable(
  "pg_tables",
  "schemaname name, tablename name, tableowner name, tablespace name, hasindexes bool, hasrules bool, hastriggers bool",
  (view) => [
    ...[...view.systemTables]
      .filter((table) => table.kind === "r")
      .map((table) => ({
        schemaname: table.schema,
        tablename: table.name,
        tableowner: "rdsdb",
        ...noExtras,
      })),
    ...[...relationsInSchemas(view)]
      .filter(([relation]) => relation.type === "table")
      .map(([relation, schema]) => ({
        schemaname: schema.name,
        tablename: relation.name,
        tableowner: userName(relation.ownerId, view.leader),
        ...noExtras,
      })),
  ],
  { kind: "v" },
);

const noExtras = { tablespace: null, hasindexes: false, hasrules: false, hastriggers: false } as const;

/** Only tables in schemas of the search path, as AWS has it; tables that the user may not see are left in. */
export const pgTableDef: SystemTable = systemTable(
  "pg_table_def",
  `schemaname name, tablename name, "column" name, type varchar(64), encoding varchar(32), distkey bool,
   sortkey int4, notnull bool`.replaceAll('"', ""),
  (view) => {
    const path = view.session.searchPath;
    return [
      ...[...view.systemTables]
        .filter(
          (table) => table.kind === "r" && (table.schema === "pg_catalog" || path.includes(table.schema)),
        )
        .flatMap((table) =>
          table.columns.map((column) => ({
            schemaname: table.schema,
            tablename: table.name,
            column: column.name,
            type: formatType(column.type),
            encoding: "none",
            distkey: false,
            sortkey: 0,
            notnull: false,
          })),
        ),
      ...[...relationsInSchemas(view)]
        .filter(([relation, schema]) => relation.type === "table" && path.includes(schema.name))
        .flatMap(([relation, schema]) =>
          relation.columns.map((column) => ({
            schemaname: schema.name,
            tablename: relation.name,
            column: column.name,
            type: formatType(column.type),
            encoding: encodingText(column.encoding),
            distkey: isDistributionKey(relation, column),
            sortkey: sortKeyOrder(relation, column),
            notnull: !column.nullable,
          })),
        ),
    ];
  },
  { kind: "v" },
);
