import { arithmeticOperators } from "./arithmetic-operators.ts";
import { comparisonOperators } from "./comparison-operators.ts";
import { conditionalFunctions } from "./conditional-functions.ts";
import { mathFunctions } from "./math-functions.ts";
import { regexpFunctions } from "./regexp/regexp-functions.ts";
import type { ScalarFunction } from "./scalar-function.ts";
import { textFunctions } from "./text-functions.ts";
import { textSearchFunctions } from "./text-search-functions.ts";
import { clockFunctions } from "./time/clock-functions.ts";
import { conversionFunctions } from "./time/conversion-functions.ts";
import { extractFunctions } from "./time/extract-functions.ts";
import { ceilOfTime, floorOfTime, pointFunctions } from "./time/point-functions.ts";

/** FLOOR and CEIL are functions of numbers with one argument, of times with a unit as the second. */
const timeRounding: Readonly<Record<string, ScalarFunction>> = Object.freeze({
  floor: floorOfTime,
  ceil: ceilOfTime,
  ceiling: ceilOfTime,
});

/** All scalar functions, by the groups of Flink's documentation. */
export const functionGroups: readonly (readonly [title: string, functions: readonly ScalarFunction[]])[] =
  Object.freeze([
    ["Comparison and logic", comparisonOperators],
    ["Arithmetic", [...arithmeticOperators, ...mathFunctions.map(withTimes)]],
    ["Texts", [...textFunctions, ...textSearchFunctions, ...regexpFunctions]],
    ["Times", [...extractFunctions, ...pointFunctions, ...clockFunctions, ...conversionFunctions]],
    ["Conditions", conditionalFunctions],
  ]);

function withTimes(ofNumbers: ScalarFunction): ScalarFunction {
  const ofTimes = timeRounding[ofNumbers.name];
  if (ofTimes === undefined) return ofNumbers;
  return {
    ...ofNumbers,
    resolve: (types, literals) => ofNumbers.resolve(types, literals) ?? ofTimes.resolve(types, literals),
  };
}
