import type { ShowExternalTable, ShowName, ShowTable, ShowView } from "../../../../sql/redshift/ast/show.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { SystemColumn } from "../system-column.ts";
import { viewDefinition } from "../tables/pg-views.ts";
import { nameParts, type ShowCommand, type ShowRequest, tableNamed } from "./show-command.ts";
import { externalTableDdl, tableDdl } from "./table-ddl.ts";

function ddlColumn(object: string): readonly SystemColumn[] {
  return Object.freeze([
    { name: `Show ${object} DDL statement`, type: { name: "text" }, hidden: false } as const,
  ]);
}

const tableColumn = ddlColumn("Table");
const viewColumn = ddlColumn("View");
const externalColumn = ddlColumn("External Table");

export const showTable: ShowCommand<ShowTable> = {
  columns: () => tableColumn,
  rows: async (ast, request) => {
    const place = await tableNamed(ast.table, request);
    if (place.kind !== "local" || place.relation.type !== "table") throw notA("table", ast.table, request);
    return [{ "Show Table DDL statement": tableDdl(place.relation, place.schema.name, request.view) }];
  },
};

export const showView: ShowCommand<ShowView> = {
  columns: () => viewColumn,
  rows: async (ast, request) => {
    const place = await tableNamed(ast.view, request);
    if (place.kind !== "local" || place.relation.type === "table") throw notA("view", ast.view, request);
    return [{ "Show View DDL statement": viewDefinition(place.relation).trim() }];
  },
};

export const showExternalTable: ShowCommand<ShowExternalTable> = {
  columns: () => externalColumn,
  rows: async (ast, request) => {
    const place = await tableNamed(ast.table, request);
    if (place.kind !== "external") throw notA("external table", ast.table, request);
    const partitions = ast.partition
      ? await request.view.external.partitions(place.schema, place.table.name)
      : [];
    return [
      { "Show External Table DDL statement": externalTableDdl(place.table, place.schema.name, partitions) },
    ];
  },
};

function notA(kind: string, name: ShowName, request: ShowRequest): SqlError {
  return new SqlError(
    "42809",
    `"${nameParts(name, request).join(".")}" is not a ${kind}`.replace("a ext", "an ext"),
    {
      position: name.span.start,
    },
  );
}
