import type { ColumnMetadata } from "@aws-sdk/client-redshift-data";
import type { ResultColumn } from "../../kernels/warehouse/sql-session.ts";
import type { SqlType, TypeName } from "../../kernels/warehouse/values/index.ts";

interface Measures {
  readonly typeName: string;
  readonly precision: number;
  readonly scale: number;
  readonly isSigned?: true;
  readonly isCaseSensitive?: true;
}

/** What Redshift's JDBC driver says of types of one size: the Data API hands it on. */
const fixed: Readonly<Partial<Record<TypeName, Measures>>> = Object.freeze({
  smallint: { typeName: "int2", precision: 5, scale: 0, isSigned: true },
  integer: { typeName: "int4", precision: 10, scale: 0, isSigned: true },
  bigint: { typeName: "int8", precision: 19, scale: 0, isSigned: true },
  real: { typeName: "float4", precision: 8, scale: 8, isSigned: true },
  "double precision": { typeName: "float8", precision: 17, scale: 17, isSigned: true },
  boolean: { typeName: "bool", precision: 1, scale: 0 },
  date: { typeName: "date", precision: 13, scale: 0 },
  time: { typeName: "time", precision: 15, scale: 6 },
  timetz: { typeName: "timetz", precision: 21, scale: 6 },
  timestamp: { typeName: "timestamp", precision: 29, scale: 6 },
  timestamptz: { typeName: "timestamptz", precision: 35, scale: 6 },
  "interval year to month": { typeName: "intervaly2m", precision: 32, scale: 0 },
  "interval day to second": { typeName: "intervald2s", precision: 64, scale: 6 },
  oid: { typeName: "oid", precision: 10, scale: 0 },
  xid: { typeName: "xid", precision: 10, scale: 0 },
  name: { typeName: "name", precision: 64, scale: 0, isCaseSensitive: true },
  char: { typeName: "char", precision: 1, scale: 0, isCaseSensitive: true },
});

const maxVarcharBytes = 65_535;
const maxVarbyteBytes = 64_000;

function measuresOf({ name, length, precision, scale }: SqlType): Measures {
  const known = fixed[name];
  if (known !== undefined) return known;
  switch (name) {
    case "numeric":
      return { typeName: "numeric", precision: precision ?? 18, scale: scale ?? 0, isSigned: true };
    case "character":
      return { typeName: "bpchar", precision: length ?? 1, scale: 0, isCaseSensitive: true };
    case "character varying":
    case "unknown":
    case "text":
      return {
        typeName: "varchar",
        precision: length ?? maxVarcharBytes,
        scale: 0,
        isCaseSensitive: true,
      };
    case "varbyte":
      return { typeName: name, precision: length ?? maxVarbyteBytes, scale: 0, isCaseSensitive: true };
    default:
      return { typeName: name, precision: 0, scale: 0, isCaseSensitive: true };
  }
}

/** A column of a result. */
export function columnMetadata({ name, type, origin }: ResultColumn): ColumnMetadata {
  return {
    ...shownMeasures(type),
    label: name,
    // As the JDBC driver has it: the label, also where a column of a table goes by another name.
    name,
    nullable: origin === undefined || origin.nullable ? 1 : 0,
    schemaName: origin?.schema ?? "",
    tableName: origin?.table ?? "",
    length: 0,
  };
}

export function shownMeasures(type: SqlType): ColumnMetadata {
  const { typeName, precision, scale, isSigned = false, isCaseSensitive = false } = measuresOf(type);
  return { isCaseSensitive, isCurrency: false, isSigned, precision, scale, typeName };
}
