import { bareTypeText } from "../../../../sql/redshift/type-text.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { type SystemTable, systemTable } from "../system-table.ts";

/** information_schema.routines: the functions of the users. Columns of the standard that are never set are left out. */
export const routines: SystemTable = systemTable(
  "routines",
  `specific_catalog varchar(128), specific_schema varchar(128), specific_name varchar(256),
   routine_catalog varchar(128), routine_schema varchar(128), routine_name varchar(128),
   routine_type varchar(128), data_type varchar(128), type_udt_catalog varchar(128),
   type_udt_schema varchar(128), type_udt_name varchar(128), routine_body varchar(128),
   routine_definition text, external_name varchar(128), external_language varchar(128),
   parameter_style varchar(128), is_deterministic varchar(3), sql_data_access varchar(128),
   is_null_call varchar(3), security_type varchar(128)`,
  (view) => {
    const rights = new PrivilegeView(view.session.user, view.leader);
    const schemas = new Map(view.catalog.schemas.map((schema) => [schema.oid, schema]));
    const catalog = view.session.database.name;
    return view.catalog.functions
      .filter((entry) => rights.seesFunction(entry, schemas.get(entry.schemaOid)))
      .map((entry) => ({
        specific_catalog: catalog,
        specific_schema: schemas.get(entry.schemaOid)?.name ?? null,
        specific_name: `${entry.name}_${entry.oid}`,
        routine_catalog: catalog,
        routine_schema: schemas.get(entry.schemaOid)?.name ?? null,
        routine_name: entry.name,
        routine_type: "FUNCTION",
        data_type: bareTypeText(entry.returnType),
        type_udt_catalog: catalog,
        type_udt_schema: "pg_catalog",
        routine_body: "EXTERNAL",
        routine_definition: entry.body,
        external_language: "SQL",
        parameter_style: "GENERAL",
        is_deterministic: entry.volatility === "immutable" ? "YES" : "NO",
        sql_data_access: "MODIFIES",
        is_null_call: "NO",
        security_type: "INVOKER",
      }));
  },
  { schema: "information_schema" },
);
