import { isImplicitlyCastable } from "../../type-casts.ts";
import { withNullable } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import type { JavaScriptFunction } from "./function-definition.ts";

/** Runs a function with one value for each of its parameters, null for NULL. */
export type FunctionRunner = (...values: unknown[]) => unknown;

/** The function as binders see it, and with a runner as the compiler of expressions does. */
export function javaScriptFunction(
  definition: JavaScriptFunction,
  run: FunctionRunner = unopened,
): ScalarFunction {
  const { parameters, result } = definition;
  return {
    name: `udf:${definition.name}`,
    resolve(types) {
      if (types.length !== parameters.length) return undefined;
      const cast: FlinkType[] = [];
      for (const [index, { type }] of parameters.entries()) {
        const given = types[index];
        if (given === undefined || !(given.kind === "null" || isImplicitlyCastable(given, type)))
          return undefined;
        cast.push(withNullable(type, given.nullable));
      }
      return { arguments: cast, result, code: { kind: "nullable", call: run } };
    },
  };
}

function unopened(): never {
  throw new Error("a function in JavaScript was called before it was opened");
}
