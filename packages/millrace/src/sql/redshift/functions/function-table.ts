import { SqlError } from "../../sql-error.ts";
import { aggregateFunctions, approximateFunctions } from "./aggregate-functions.ts";
import { conditionalFunctions } from "./conditional-functions.ts";
import { conversionFunctions } from "./conversion-functions.ts";
import { dateFunctions } from "./date-functions.ts";
import type { Argument, CallShape, FunctionEntry, ResolvedCall } from "./function-entry.ts";
import { jsonSuperFunctions } from "./json-super-functions.ts";
import { mathFunctions } from "./math-functions.ts";
import { refuse } from "./refused-functions.ts";
import { bestCall, noSuchFunction } from "./resolve-call.ts";
import { systemFunctions } from "./system-functions.ts";
import { textFunctions } from "./text-functions.ts";
import { windowFunctions } from "./window-functions.ts";

export { commonType } from "../type-rules.ts";
export type { CastMode } from "./cast-operand.ts";
export { canCast, castTo } from "./casts.ts";
export type { Argument, CallForm, CallShape, OrderText, ResolvedCall } from "./function-entry.ts";
export { printInterval } from "./interval-input.ts";
export { resolveOperator, resolveUnaryOperator } from "./operators.ts";
export { printLike } from "./patterns.ts";

/** Every function by its group, in the order of the page of functions. */
export const functionGroups: readonly (readonly [string, readonly FunctionEntry[]])[] = Object.freeze([
  ["Texts", textFunctions],
  ["Numbers", mathFunctions],
  ["Dates and times", dateFunctions],
  ["Conversion, hashes and VARBYTE", conversionFunctions],
  ["Conditions", conditionalFunctions],
  ["JSON and SUPER", jsonSuperFunctions],
  ["Aggregates", aggregateFunctions],
  ["Windows", windowFunctions],
  ["Session, catalog and leader node", systemFunctions],
]);

function named(entries: readonly FunctionEntry[]): ReadonlyMap<string, readonly FunctionEntry[]> {
  return Map.groupBy(entries, (entry) => entry.signature.name);
}

/** All of them. */
export const functionEntries: readonly FunctionEntry[] = Object.freeze(
  functionGroups.flatMap(([, entries]) => entries),
);

const byName = named(functionEntries);
const approximate = named(approximateFunctions);

/** Is there a function of this name in the dialect, whatever its arguments? */
export function isFunctionName(name: string): boolean {
  return byName.has(name);
}

/** Is it an aggregate, where it stands without OVER? */
export function isAggregateName(name: string): boolean {
  return byName.get(name)?.[0]?.kind === "aggregate";
}

/**
 * Finds what a call means. The name is in lower case. A date part (`dateadd(month, ...)`, which the parser gives as
 * a name) comes as an argument of type unknown whose constant is the name: see `takesDatePart`.
 * @throws SqlError 42883 where no function fits, 0A000 for what Redshift has and Millrace has not
 */
export function resolveFunction(
  name: string,
  args: readonly Argument[],
  shape: CallShape = {},
): ResolvedCall {
  refuse(name);
  const table = shape.approximate === true ? approximate : byName;
  const call = bestCall(table.get(name) ?? [], withOrdered(name, args, shape), shape);
  if (call === undefined) throw noSuchFunction(name, args);
  if (shape.over === true && call.kind === "scalar") {
    throw new SqlError(
      "42809",
      `OVER specified, but ${name} is not a window function nor an aggregate function`,
    );
  }
  if (shape.over !== true && call.kind === "window") {
    throw new SqlError("42P20", `window function ${name} requires an OVER clause`);
  }
  return call;
}

/** What PERCENTILE_CONT and PERCENTILE_DISC are taken of stands in WITHIN GROUP (ORDER BY x). */
function withOrdered(name: string, args: readonly Argument[], shape: CallShape): readonly Argument[] {
  if (name !== "percentile_cont" && name !== "percentile_disc") return args;
  const [type] = shape.withinGroup ?? [];
  if (type === undefined) throw new SqlError("42601", `${name} requires WITHIN GROUP (ORDER BY ...)`);
  return [...args, { type }];
}

const datePartFunctions: ReadonlySet<string> = new Set([
  ...["dateadd", "datediff", "date_add", "date_diff", "date_part", "pgdate_part", "date_trunc", "extract"],
]);

/** Is the argument at `index` a date part, which may be written as a bare name? */
export function takesDatePart(name: string, index: number): boolean {
  return index === 0 && datePartFunctions.has(name);
}
