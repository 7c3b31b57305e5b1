import type { SqlType } from "../types.ts";

/** What an entry's signature says of one parameter. `T` and `U` stand for one type each, `any` for whatever comes. */
export type ParameterType = SqlType | "T" | "U" | "any";

export interface Signature {
  readonly name: string;
  readonly required: readonly ParameterType[];
  readonly optional: readonly ParameterType[];
  /** The type of any number of further arguments. */
  readonly variadic: ParameterType | undefined;
  readonly result: ParameterType;
}

const types: Readonly<Record<string, SqlType>> = Object.freeze({
  int2: { name: "smallint" },
  int4: { name: "integer" },
  int8: { name: "bigint" },
  numeric: { name: "numeric" },
  float4: { name: "real" },
  float8: { name: "double precision" },
  bool: { name: "boolean" },
  varchar: { name: "character varying" },
  bpchar: { name: "character" },
  text: { name: "text" },
  name: { name: "name" },
  date: { name: "date" },
  time: { name: "time" },
  timetz: { name: "timetz" },
  timestamp: { name: "timestamp" },
  timestamptz: { name: "timestamptz" },
  interval: { name: "interval" },
  ym: { name: "interval year to month" },
  ds: { name: "interval day to second" },
  super: { name: "super" },
  varbyte: { name: "varbyte" },
  hllsketch: { name: "hllsketch" },
  oid: { name: "oid" },
  regclass: { name: "regclass" },
  unknown: { name: "unknown" },
  void: { name: "void" },
  names: { name: "array", element: { name: "name" } },
});

/**
 * Reads `name(varchar, int4; int4, any...) varchar`: what stands behind the semicolon may be left out, and what
 * has three dots comes any number of times.
 */
export function parseSignature(text: string): Signature {
  const match = /^(\S+?)\(([^;)]*)(?:;([^)]*))?\) (\S+)$/.exec(text);
  if (match === null) throw new Error(`not a signature: ${text}`);
  const required = parameterNames(match[2]);
  const optional = parameterNames(match[3]);
  const last = optional.at(-1) ?? required.at(-1);
  const variadic = last?.endsWith("...") ? parameterType(last.slice(0, -3)) : undefined;
  if (variadic !== undefined) (optional.length > 0 ? optional : required).pop();
  return {
    name: match[1] ?? "",
    required: required.map(parameterType),
    optional: optional.map(parameterType),
    variadic,
    result: parameterType(match[4] ?? ""),
  };
}

function parameterNames(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function parameterType(name: string): ParameterType {
  if (name === "T" || name === "U" || name === "any") return name;
  const type = types[name];
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}
