import type { Expression } from "../ast/expression.ts";
import type { SqlType, TypeName } from "../types.ts";

const unnamed = "?column?";

/** Short names of types, as a cast names its column. */
const shortNames: Readonly<Partial<Record<TypeName, string>>> = Object.freeze({
  smallint: "int2",
  integer: "int4",
  bigint: "int8",
  real: "float4",
  "double precision": "float8",
  boolean: "bool",
  character: "bpchar",
  "character varying": "varchar",
});

/** Calls without brackets that PostgreSQL 8.0 knew as casts of `now`. */
const callNames: Readonly<Record<string, string>> = Object.freeze({
  current_date: "date",
  sysdate: "timestamp",
  current_timestamp: "timestamptz",
  current_time: "timetz",
  localtimestamp: "timestamp",
  localtime: "time",
  user: "current_user",
});

/** What a column of a result is called when nobody named it. */
export function columnName(expression: Expression): string {
  return figured(expression).name;
}

/** A name that comes of a column or function counts more than one of a type or of CASE. */
interface Figured {
  readonly name: string;
  readonly strength: 0 | 1 | 2;
}

function figured(expression: Expression): Figured {
  switch (expression.kind) {
    case "reference":
      return { name: expression.parts.at(-1)?.name ?? unnamed, strength: 2 };
    case "field":
      return { name: expression.name.name, strength: 2 };
    case "subscript":
      return figured(expression.base);
    case "call": {
      const name = expression.name.parts.at(-1)?.name ?? unnamed;
      const isBare = expression.arguments.length === 0 && !expression.star;
      if (name === "extract") return { name: "date_part", strength: 2 };
      if (name === "date_part") return { name: "pgdate_part", strength: 2 };
      const label = isBare && Object.hasOwn(callNames, name) ? callNames[name] : undefined;
      return { name: label ?? name, strength: 2 };
    }
    case "cast": {
      const operand = figured(expression.operand);
      return operand.strength === 2 ? operand : { name: typeLabel(expression.type), strength: 1 };
    }
    case "typed-literal":
      return { name: typeLabel(expression.type), strength: 1 };
    case "interval":
      return { name: "interval", strength: 1 };
    case "boolean":
      return { name: "bool", strength: 1 };
    case "case": {
      const last = expression.otherwise === undefined ? undefined : figured(expression.otherwise);
      return last?.strength === 2 ? last : { name: "case", strength: 1 };
    }
    case "at-time-zone":
      return { name: "timezone", strength: 2 };
    default:
      return { name: unnamed, strength: 0 };
  }
}

function typeLabel(type: SqlType): string {
  return shortNames[type.name] ?? type.name;
}
