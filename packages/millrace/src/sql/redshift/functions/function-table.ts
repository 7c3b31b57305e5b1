import { SqlError } from "../../sql-error.ts";
import { basicFunctions } from "./basic-functions.ts";
import type { Argument, CallShape, FunctionEntry, ResolvedCall } from "./function-entry.ts";
import { bestCall, noSuchFunction } from "./resolve-call.ts";

export { commonType } from "../type-rules.ts";
export type { CastMode, CastOperand } from "./cast-operand.ts";
export { canCast, castTo } from "./casts.ts";
export type { Argument, CallForm, CallShape, OrderText, ResolvedCall } from "./function-entry.ts";
export { resolveOperator, resolveUnaryOperator } from "./operators.ts";

/** Every function, in the order in which the page of functions lists them. */
export const functionEntries: readonly FunctionEntry[] = Object.freeze([...basicFunctions]);

const byName: ReadonlyMap<string, readonly FunctionEntry[]> = Map.groupBy(
  functionEntries,
  (entry) => entry.signature.name,
);

/** Is there a function of this name in the dialect, whatever its arguments? */
export function isFunctionName(name: string): boolean {
  return byName.has(name);
}

/**
 * Finds what a call means. Names are in lower case; a date part (`dateadd(month, ...)`, which the parser gives as a
 * name) must come as an argument of type unknown whose constant is the name: see `takesDatePart`.
 * @throws SqlError 42883 where no function fits, 0A000 for what Redshift has and Millrace has not
 */
export function resolveFunction(
  name: string,
  args: readonly Argument[],
  shape: CallShape = {},
): ResolvedCall {
  const entries = byName.get(name) ?? [];
  const call = bestCall(entries, args, shape);
  if (call === undefined) throw noSuchFunction(name, args);
  if (shape.over && call.kind === "scalar") {
    throw new SqlError(
      "42809",
      `OVER specified, but ${name} is not a window function nor an aggregate function`,
    );
  }
  return call;
}

const datePartFunctions: readonly string[] = ["dateadd", "datediff", "date_add", "date_diff", "date_part"];

/** Is the argument at `index` a date part, which may be written as a bare name? */
export function takesDatePart(name: string, index: number): boolean {
  return index === 0 && (datePartFunctions.includes(name) || name === "date_trunc" || name === "extract");
}

export { printInterval } from "./interval-input.ts";
export { printLike } from "./patterns.ts";
