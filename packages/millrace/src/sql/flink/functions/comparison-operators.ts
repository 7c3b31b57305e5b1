import { isText, isTimestamp, leastCommonType } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import { booleanType, builtin, define } from "./function-definition.ts";
import { any, boolean } from "./parameters.ts";
import type { ScalarFunction, ScalarSignature } from "./scalar-function.ts";

/** Comparisons, tests for NULL and truth, and the logical connectives; all compiled by the compiler of expressions. */
export const comparisonOperators: readonly ScalarFunction[] = Object.freeze([
  ...["=", "<>", "<", "<=", ">", ">="].map((name) => comparison(name, false)),
  ...["is distinct from", "is not distinct from"].map((name) => comparison(name, true)),
  { name: "in", resolve: (types: readonly FlinkType[]) => compared(types, 2, false, true) },
  ...["is null", "is not null"].map((name) => test(name, any)),
  ...["is true", "is not true", "is false", "is not false"].map((name) => test(name, boolean)),
  ...["and", "or"].map((name) =>
    define({ name, parameters: [boolean, boolean], rest: boolean, result: booleanType, code: builtin }),
  ),
  define({ name: "not", parameters: [boolean], result: booleanType, code: builtin }),
]);

function test(name: string, parameter: typeof any): ScalarFunction {
  return define({ name, parameters: [parameter], result: booleanType, ownNullability: true, code: builtin });
}

function comparison(name: string, isDistinct: boolean): ScalarFunction {
  const isEquality = isDistinct || name === "=" || name === "<>";
  return {
    name,
    resolve: (types) => (types.length === 2 ? compared(types, 2, isDistinct, isEquality) : undefined),
  };
}

function compared(
  types: readonly FlinkType[],
  atLeast: number,
  isDistinct: boolean,
  isEquality: boolean,
): ScalarSignature | undefined {
  if (types.length < atLeast) return undefined;
  const common = leastCommonType(types) ?? timeOfTexts(types);
  if (common === undefined || !(isEquality || isOrdered(common))) return undefined;
  const nullable = !isDistinct && types.some((type) => type.nullable);
  return {
    arguments: types.map((type) => ({ ...common, nullable: type.nullable })),
    result: { ...booleanType, nullable },
    code: builtin,
  };
}

/** Texts compared with dates and times are read as such. */
function timeOfTexts(types: readonly FlinkType[]): FlinkType | undefined {
  const others = types.filter((type) => !isText(type));
  if (others.length === types.length) return undefined;
  const common = leastCommonType(others);
  if (common === undefined) return undefined;
  return common.kind === "date" || common.kind === "time" || isTimestamp(common) ? common : undefined;
}

/** Types with an order: `<`, MIN and MAX, sorting. */
export function isOrdered(type: FlinkType): boolean {
  return !(type.kind === "map" || type.kind === "multiset" || type.kind === "row" || type.kind === "array");
}
