import { leastCommonType, withNullable } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import { isOrdered } from "./comparison-operators.ts";
import { booleanType, builtin, define, nullable, strict } from "./function-definition.ts";
import { text } from "./parameters.ts";
import type { ScalarFunction, ScalarSignature } from "./scalar-function.ts";
import { comparatorOf } from "./value-order.ts";

/** COALESCE and its relatives; arguments that are not needed are not computed. */
export const conditionalFunctions: readonly ScalarFunction[] = Object.freeze([
  { name: "coalesce", resolve: coalesce },
  { name: "nullif", resolve: nullIf },
  { name: "if", resolve: ifFunction },
  { name: "ifnull", resolve: ifNull },
  { name: "greatest", resolve: (types: readonly FlinkType[]) => extreme(types, 1) },
  { name: "least", resolve: (types: readonly FlinkType[]) => extreme(types, -1) },
  characterTest("is_alpha", (value) => /^\p{L}+$/u.test(value)),
  characterTest("is_digit", (value) => /^\p{Nd}+$/u.test(value)),
  define({
    name: "is_decimal",
    parameters: [(type) => text(type) ?? (isOrdered(type) ? type : undefined)],
    result: booleanType,
    ownNullability: true,
    code: nullable(isDecimal),
  }),
]);

function coalesce(types: readonly FlinkType[]): ScalarSignature | undefined {
  const common = leastCommonType(types);
  if (common === undefined) return undefined;
  return {
    arguments: cast(types, common),
    result: withNullable(
      common,
      types.every((type) => type.nullable),
    ),
    code: builtin,
  };
}

/** The type is the first argument's, which is what comes out. */
function nullIf(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [first, second] = types;
  if (first === undefined || second === undefined || types.length > 2) return undefined;
  const common = leastCommonType([first, second]);
  if (common === undefined) return undefined;
  return { arguments: cast(types, common), result: { ...common, nullable: true }, code: builtin };
}

function ifFunction(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [condition, ...results] = types;
  if (condition === undefined || results.length !== 2) return undefined;
  if (condition.kind !== "boolean" && condition.kind !== "null") return undefined;
  const common = leastCommonType(results);
  if (common === undefined) return undefined;
  return {
    arguments: [{ ...booleanType, nullable: condition.nullable }, ...cast(results, common)],
    result: common,
    code: builtin,
  };
}

function ifNull(types: readonly FlinkType[]): ScalarSignature | undefined {
  const [input, replacement, more] = types;
  if (input === undefined || replacement === undefined || more !== undefined) return undefined;
  const common = leastCommonType(types);
  if (common === undefined) return undefined;
  return {
    arguments: cast(types, common),
    result: withNullable(common, input.nullable && replacement.nullable),
    code: builtin,
  };
}

function extreme(types: readonly FlinkType[], sign: 1 | -1): ScalarSignature | undefined {
  const common = leastCommonType(types);
  if (common === undefined || !isOrdered(common)) return undefined;
  const compare = comparatorOf(common);
  return {
    arguments: cast(types, common),
    result: common,
    code: strict((...values: unknown[]) => {
      let best = values[0];
      for (let index = 1; index < values.length; index += 1) {
        if (compare(values[index], best) * sign > 0) best = values[index];
      }
      return best;
    }),
  };
}

function cast(types: readonly FlinkType[], common: FlinkType): readonly FlinkType[] {
  return types.map((type) => withNullable(common, type.nullable));
}

/** False, not NULL, of NULL. */
function characterTest(name: string, holds: (value: string) => boolean): ScalarFunction {
  return define({
    name,
    parameters: [text],
    result: booleanType,
    ownNullability: true,
    code: ({ types }) => {
      if (types[0]?.nullable === false) return strict(holds);
      return nullable((value: string | null) => value !== null && holds(value));
    },
  });
}

function isDecimal(value: unknown): boolean {
  if (typeof value !== "string") return typeof value === "number" || typeof value === "bigint";
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value);
}
