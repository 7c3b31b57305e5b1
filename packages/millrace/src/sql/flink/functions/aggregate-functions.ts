import { averageType, isNumeric, isText, sumType, withNullable } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import type { AggregateFunction, AggregateSignature } from "./aggregate-function.ts";
import { isOrdered } from "./comparison-operators.ts";
import { bigintType, doubleType, intType, stringType } from "./function-definition.ts";

/**
 * What aggregate functions take and give. What of a call is constant comes last and is a literal: the separator of
 * LISTAGG, the word for NULLs of the JSON functions, `RESPECT NULLS` or `IGNORE NULLS` of ARRAY_AGG, the offset and
 * the default of LEAD and LAG.
 */
export const aggregateFunctions: readonly AggregateFunction[] = Object.freeze([
  aggregate("count", (types) => signature(types, { ...bigintType, nullable: false })),
  ofNumber("sum", (type) => sumType(type)),
  ofNumber("avg", averageType),
  // As in Flink the result is of the average's type: of whole numbers a whole number.
  ...["stddev_pop", "stddev_samp", "var_pop", "var_samp"].map((name) => ofNumber(name, averageType)),
  ...["min", "max"].map((name) =>
    ofOne(name, (type) => (isOrdered(type) ? withNullable(type, true) : undefined)),
  ),
  ...["first_value", "last_value"].map((name) => ofOne(name, (type) => withNullable(type, true))),
  ofOne("collect", (type) => ({
    kind: "multiset",
    element: withNullable(type, false),
    nullable: false,
  })),
  aggregate("array_agg", (types) => arrayAgg(types)),
  aggregate("listagg", (types) => listAgg(types)),
  aggregate("json_objectagg", (types) =>
    types.length === 3 && types[0] !== undefined && isText(types[0])
      ? signature(types, { ...stringType, nullable: false }, 1)
      : undefined,
  ),
  aggregate("json_arrayagg", (types) =>
    types.length === 2 ? signature(types, { ...stringType, nullable: false }, 1) : undefined,
  ),
  ...["row_number", "rank", "dense_rank"].map((name) => ofNothing(name, bigintType)),
  ...["cume_dist", "percent_rank"].map((name) => ofNothing(name, doubleType)),
  ...["lead", "lag"].map((name) => window(name, shifted)),
  window("ntile", (types) =>
    types.length === 1 ? signature([{ ...intType, nullable: false }], bigintType, 1) : undefined,
  ),
]);

/** Further names: relations have the first ones. */
export const aggregateAliases: Readonly<Record<string, string>> = Object.freeze({
  stddev: "stddev_samp",
  variance: "var_samp",
});

type Resolve = AggregateFunction["resolve"];

function aggregate(name: string, resolve: Resolve): AggregateFunction {
  return { name, kind: "aggregate", resolve };
}

function window(name: string, resolve: Resolve): AggregateFunction {
  return { name, kind: "window", resolve };
}

function signature(types: readonly FlinkType[], result: FlinkType, constants = 0): AggregateSignature {
  return { arguments: types.map(typed), result, constants };
}

/** A NULL literal counts as a text. */
function typed(type: FlinkType): FlinkType {
  return type.kind === "null" ? { ...stringType, nullable: true } : type;
}

function ofOne(name: string, result: (type: FlinkType) => FlinkType | undefined): AggregateFunction {
  return aggregate(name, (types) => {
    const [type] = types;
    const given = type === undefined || types.length > 1 ? undefined : result(typed(type));
    return given === undefined ? undefined : signature(types, given);
  });
}

/** NULL of no values: never in a group of rows whose values are none. */
function ofNumber(name: string, result: (type: FlinkType) => FlinkType): AggregateFunction {
  return ofOne(name, (type) => (isNumeric(type) ? withNullable(result(type), type.nullable) : undefined));
}

function ofNothing(name: string, result: FlinkType): AggregateFunction {
  return window(name, (types) =>
    types.length === 0 ? signature(types, withNullable(result, false)) : undefined,
  );
}

function arrayAgg(types: readonly FlinkType[]): AggregateSignature | undefined {
  const [type] = types;
  if (type === undefined || types.length > 2) return undefined;
  return signature(types, { kind: "array", element: typed(type), nullable: true }, types.length - 1);
}

function listAgg(types: readonly FlinkType[]): AggregateSignature | undefined {
  const [type, separator] = types.map(typed);
  if (type === undefined || types.length > 2 || !isText(type)) return undefined;
  if (separator !== undefined && !isText(separator)) return undefined;
  return signature(types, { ...stringType, nullable: type.nullable }, types.length - 1);
}

function shifted(types: readonly FlinkType[]): AggregateSignature | undefined {
  const [type] = types;
  if (type === undefined || types.length > 3) return undefined;
  return signature(types, withNullable(typed(type), true), types.length - 1);
}
