import { type DuckDBType, DuckDBTypeId } from "@duckdb/node-api";
import type { SqlType, TypeName } from "../../kernels/warehouse/values/index.ts";

const names: ReadonlyMap<DuckDBTypeId, TypeName> = new Map([
  [DuckDBTypeId.BOOLEAN, "boolean"],
  [DuckDBTypeId.SMALLINT, "smallint"],
  [DuckDBTypeId.INTEGER, "integer"],
  [DuckDBTypeId.BIGINT, "bigint"],
  [DuckDBTypeId.HUGEINT, "bigint"],
  [DuckDBTypeId.FLOAT, "real"],
  [DuckDBTypeId.DOUBLE, "double precision"],
  [DuckDBTypeId.DATE, "date"],
  [DuckDBTypeId.TIME, "time"],
  [DuckDBTypeId.TIME_TZ, "timetz"],
  [DuckDBTypeId.TIMESTAMP, "timestamp"],
  [DuckDBTypeId.TIMESTAMP_TZ, "timestamptz"],
  [DuckDBTypeId.INTERVAL, "interval"],
  [DuckDBTypeId.BLOB, "varbyte"],
]);

/** The type of Redshift that a column of the engine stands for, by default. */
export function typeOfEngine(type: DuckDBType): SqlType {
  if (type.typeId === DuckDBTypeId.DECIMAL)
    return { name: "numeric", precision: type.width, scale: type.scale };
  if (type.typeId === DuckDBTypeId.LIST) return { name: "array", element: typeOfEngine(type.valueType) };
  if (type.alias === "JSON") return { name: "super" };
  return { name: names.get(type.typeId) ?? "character varying" };
}

const engineNames: Readonly<Partial<Record<TypeName, string>>> = {
  numeric: "DECIMAL(38, 10)",
  varbyte: "BLOB",
  super: "JSON",
  oid: "BIGINT",
  "character varying": "VARCHAR",
  character: "VARCHAR",
  text: "VARCHAR",
  name: "VARCHAR",
};

/** What a parameter's text is cast to. */
export function engineNameOf(type: SqlType): string {
  return engineNames[type.name] ?? type.name.toUpperCase();
}
