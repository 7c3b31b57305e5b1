import type { ShowParameters, ShowRoutines } from "../../../../sql/redshift/ast/show.ts";
import { bareTypeText } from "../../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../../sql/redshift/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { FunctionRecord } from "../../catalog/records.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { type SystemColumn, systemColumns } from "../system-column.ts";
import type { SystemRow } from "../system-table.ts";
import { columnMeasures } from "../tables/information-schema.ts";
import {
  databaseNamed,
  filtered,
  nameParts,
  type ShowCommand,
  type ShowRequest,
  schemaNamed,
} from "./show-command.ts";

function routineColumns(routine: "function" | "procedure"): readonly SystemColumn[] {
  return systemColumns(`database_name varchar(128), schema_name varchar(128), ${routine}_name varchar(128),
    number_of_arguments int4, argument_list varchar(65535), return_type varchar(128), remarks varchar(256)`);
}

const columnsOf = Object.freeze({
  function: routineColumns("function"),
  procedure: routineColumns("procedure"),
});

/** Functions of the users in a schema of the session's database. There are no procedures. */
async function routines(
  parts: readonly string[],
  routine: string,
  request: ShowRequest,
): Promise<FunctionRecord[]> {
  const { view } = request;
  const { database, schema } = await schemaNamed(parts, request);
  if (routine === "procedure") return [];
  const rights = new PrivilegeView(view.session.user, view.leader);
  const catalog = database.oid === view.session.database.oid ? view.catalog : await view.catalogOf(database);
  return catalog.functions.filter(
    (entry) => entry.schemaOid === schema.oid && rights.seesFunction(entry, schema),
  );
}

export const showRoutines: ShowCommand<ShowRoutines> = {
  columns: ({ routine }) => columnsOf[routine],
  rows: async (ast, request) => {
    const parts = nameParts(ast.schema, request);
    const rows = (await routines(parts, ast.routine, request)).map((entry) => ({
      database_name: databaseNamed(parts.at(-2), request).name,
      schema_name: parts.at(-1) ?? "",
      [`${ast.routine}_name`]: entry.name,
      number_of_arguments: entry.parameterTypes.length,
      argument_list: entry.parameterTypes.map(bareTypeText).join(", "),
      return_type: bareTypeText(entry.returnType),
      remarks: entry.comment ?? null,
    }));
    return filtered(rows, ast, `${ast.routine}_name`, request);
  },
};

function parameterColumns(routine: "function" | "procedure"): readonly SystemColumn[] {
  return systemColumns(`database_name varchar(128), schema_name varchar(128), ${routine}_name varchar(128),
    parameter_name varchar(128), ordinal_position int4, parameter_type varchar(128), data_type varchar(128),
    character_maximum_length int4, numeric_precision int4, numeric_scale int4`);
}

const parameterColumnsOf = Object.freeze({
  function: parameterColumns("function"),
  procedure: parameterColumns("procedure"),
});

export const showParameters: ShowCommand<ShowParameters> = {
  columns: ({ routine }) => parameterColumnsOf[routine],
  rows: async (ast, request) => {
    const parts = nameParts(ast.name, request);
    const name = parts.at(-1) ?? "";
    const written = ast.argumentTypes?.map((type) =>
      "index" in type ? request.parameters[type.index - 1] : bareTypeText(type),
    );
    const entry = (await routines(parts.slice(0, -1), ast.routine, request)).find(
      (candidate) =>
        candidate.name === name &&
        (written === undefined || candidate.parameterTypes.map(bareTypeText).join() === written.join()),
    );
    if (entry === undefined) {
      throw new SqlError("42883", `${ast.routine} ${name}(${written?.join(", ") ?? ""}) does not exist`);
    }
    return filtered(parameterRows(entry, parts, ast, request), ast, "parameter_name", request);
  },
};

function parameterRows(
  entry: FunctionRecord,
  parts: readonly string[],
  { routine }: ShowParameters,
  request: ShowRequest,
): SystemRow[] {
  const row = (name: string, position: number, kind: string, type: SqlType): SystemRow => {
    const measures = columnMeasures(type);
    return {
      database_name: databaseNamed(parts.at(-3), request).name,
      schema_name: parts.at(-2) ?? null,
      [`${routine}_name`]: entry.name,
      parameter_name: name,
      ordinal_position: position,
      parameter_type: kind,
      data_type: bareTypeText(type),
      character_maximum_length: measures.maximumLength,
      numeric_precision: measures.precision,
      numeric_scale: measures.scale,
    };
  };
  return [
    row("", 0, "RETURN", entry.returnType),
    ...entry.parameterTypes.map((type, index) =>
      row(entry.parameterNames[index] ?? "", index + 1, "IN", type),
    ),
  ];
}
