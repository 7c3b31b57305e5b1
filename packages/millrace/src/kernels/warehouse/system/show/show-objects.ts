import type {
  ShowColumns,
  ShowDatabases,
  ShowSchemas,
  ShowTables,
} from "../../../../sql/redshift/ast/show.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import { systemColumns } from "../system-column.ts";
import {
  columnColumns,
  columnRows,
  databaseColumns,
  databaseRow,
  schemaColumns,
  schemaPlaces,
  schemaRow,
  tablePlaces,
  tableRow,
} from "../tables/svv-objects.ts";
import {
  databaseNamed,
  filtered,
  nameParts,
  type ShowCommand,
  schemaNamed,
  tableNamed,
} from "./show-command.ts";

const databases = systemColumns(databaseColumns);
const schemas = systemColumns(schemaColumns);
const columns = systemColumns(columnColumns);
/** SVV_ALL_TABLES has table_acl before table_type, SHOW TABLES behind it. */
const tables = systemColumns(`database_name varchar(128), schema_name varchar(128), table_name varchar(128),
  table_type varchar(128), table_acl varchar(128), remarks varchar(128), owner varchar(128),
  last_altered_time timestamp, last_modified_time timestamp, dist_style varchar(128), table_subtype varchar(128)`);

export const showDatabases: ShowCommand<ShowDatabases> = {
  columns: () => databases,
  rows: async (ast, request) => {
    if (ast.dataCatalog !== undefined) {
      throw new SqlError("0A000", "SHOW DATABASES FROM DATA CATALOG is not supported", {
        position: ast.span.start,
      });
    }
    const { view } = request;
    const rows = view.leader.databases.map((database) => databaseRow(database, view));
    return filtered(rows, ast, "database_name", request);
  },
};

export const showSchemas: ShowCommand<ShowSchemas> = {
  columns: () => schemas,
  rows: async (ast, request) => {
    const database = databaseNamed(nameParts(ast.database, request)[0], request);
    const places = await schemaPlaces(request.view, database);
    return filtered(
      places.map((place) => schemaRow(place, request.view)),
      ast,
      "schema_name",
      request,
    );
  },
};

export const showTables: ShowCommand<ShowTables> = {
  columns: () => tables,
  rows: async (ast, request) => {
    const place = await schemaNamed(nameParts(ast.schema, request), request);
    const rows = (await tablePlaces(place, request.view)).map((table) => tableRow(table, request.view));
    return filtered(rows, ast, "table_name", request);
  },
};

export const showColumns: ShowCommand<ShowColumns> = {
  columns: () => columns,
  rows: async (ast, request) => {
    const table = await tableNamed(ast.table, request);
    return filtered(await columnRows(table, request.view), ast, "column_name", request);
  },
};
