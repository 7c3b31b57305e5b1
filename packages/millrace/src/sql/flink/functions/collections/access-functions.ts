import { SqlError } from "../../../sql-error.ts";
import { isWhole, leastCommonType, withNullable } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import { define, intType, nullable, strict } from "../function-definition.ts";
import { any } from "../parameters.ts";
import { EvaluationError, type ScalarFunction, type ScalarSignature } from "../scalar-function.ts";
import { findEntry } from "../value-order.ts";
import { elementOf } from "./array-functions.ts";

type Values = readonly unknown[];

/** Collections made, measured and looked into. */
export const accessFunctions: readonly ScalarFunction[] = Object.freeze([
  { name: "array", resolve: constructArray },
  { name: "row", resolve: constructRow },
  { name: "item", resolve: resolveItem },
  define({
    name: "cardinality",
    parameters: [(type) => ("element" in type || type.kind === "map" ? type : undefined)],
    result: intType,
    code: ({ types: [type] }) =>
      type?.kind === "array"
        ? { kind: "inline", text: ([values]) => `${values}.length` }
        : strict(type?.kind === "map" ? (map: ReadonlyMap<unknown, unknown>) => map.size : countAll),
  }),
  define({
    name: "element",
    parameters: [(type) => (type.kind === "array" || type.kind === "multiset" ? type : undefined)],
    result: ([type]) => elementOf(type),
    mayBeNull: true,
    code: ({ types: [type] }) =>
      type?.kind === "array"
        ? strict((values: Values) => only(values, values.length))
        : strict((values: ReadonlyMap<unknown, number>) => only([...values.keys()], countAll(values))),
  }),
]);

function countAll(values: ReadonlyMap<unknown, unknown>): number {
  let count = 0;
  for (const times of values.values()) count += Number(times);
  return count;
}

function only(values: Values, count: number): unknown {
  if (count > 1) throw new EvaluationError(`ELEMENT takes an array of one element, not of ${count}`);
  return values[0] ?? null;
}

function constructArray(types: readonly FlinkType[]): ScalarSignature | undefined {
  const common = leastCommonType(types);
  if (common === undefined) return undefined;
  const element = any(common) ?? common;
  return {
    arguments: types.map((type) => withNullable(element, type.nullable)),
    result: { kind: "array", element, nullable: false },
    code: nullable((...values: unknown[]) => values),
  };
}

function constructRow(types: readonly FlinkType[]): ScalarSignature | undefined {
  const cast = types.map((type) => any(type) ?? type);
  return {
    arguments: cast,
    result: {
      kind: "row",
      fields: cast.map((type, index) => ({ name: `EXPR$${index}`, type })),
      nullable: false,
    },
    code: nullable((...values: unknown[]) => values),
  };
}

/** NULL for what is not there. */
function resolveItem(types: readonly FlinkType[], literals: readonly unknown[]): ScalarSignature | undefined {
  const [collection, at] = types;
  if (collection === undefined || at === undefined || types.length > 2) return undefined;
  if (collection.kind === "map") {
    const key = leastCommonType([collection.key, at]);
    if (key === undefined) return undefined;
    return {
      arguments: [collection, withNullable(collection.key, at.nullable)],
      result: withNullable(collection.value, true),
      code: nullable((entries: ReadonlyMap<unknown, unknown> | null, wanted: unknown) =>
        entries === null ? null : (findEntry(entries, wanted, collection.key)?.[1] ?? null),
      ),
    };
  }
  if (collection.kind !== "array" || !(isWhole(at) || at.kind === "null")) return undefined;
  const literal = literals[1];
  if ((typeof literal === "number" || typeof literal === "bigint") && literal < 1) {
    throw new SqlError("2202E", `Array element access needs an index starting at 1 but was ${literal}`);
  }
  return {
    arguments: [collection, { ...intType, nullable: at.nullable }],
    result: withNullable(collection.element, true),
    code: strict((values: Values, index: number) => values[index - 1] ?? null),
  };
}
