import { arithmeticOperators } from "./arithmetic-operators.ts";
import { accessFunctions } from "./collections/access-functions.ts";
import { arrayFunctions } from "./collections/array-functions.ts";
import { mapFunctions } from "./collections/map-functions.ts";
import { comparisonOperators } from "./comparison-operators.ts";
import { conditionalFunctions } from "./conditional-functions.ts";
import { encodingFunctions } from "./encoding/encoding-functions.ts";
import { hashFunctions } from "./encoding/hash-functions.ts";
import { jsonFunctions } from "./json/json-functions.ts";
import { mathFunctions } from "./math-functions.ts";
import { randomFunctions } from "./random-functions.ts";
import { regexpFunctions } from "./regexp/regexp-functions.ts";
import type { ScalarFunction } from "./scalar-function.ts";
import { textFunctions } from "./text-functions.ts";
import { textSearchFunctions } from "./text-search-functions.ts";
import { clockFunctions } from "./time/clock-functions.ts";
import { conversionFunctions } from "./time/conversion-functions.ts";
import { extractFunctions } from "./time/extract-functions.ts";
import { ceilOfTime, floorOfTime, pointFunctions } from "./time/point-functions.ts";
import { otherFunctions } from "./type-functions.ts";

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
    ["Arithmetic", [...arithmeticOperators, ...mathFunctions.map(withTimes), ...randomFunctions]],
    ["Texts", [...textFunctions, ...textSearchFunctions, ...regexpFunctions, ...encodingFunctions]],
    ["Times", [...extractFunctions, ...pointFunctions, ...clockFunctions, ...conversionFunctions]],
    ["Conditions", conditionalFunctions],
    ["Collections", [...accessFunctions, ...arrayFunctions, ...mapFunctions]],
    ["JSON", jsonFunctions],
    ["Hashes", hashFunctions],
    ["Others", otherFunctions],
  ]);

function withTimes(ofNumbers: ScalarFunction): ScalarFunction {
  const ofTimes = timeRounding[ofNumbers.name];
  if (ofTimes === undefined) return ofNumbers;
  return {
    ...ofNumbers,
    resolve: (types, literals) => ofNumbers.resolve(types, literals) ?? ofTimes.resolve(types, literals),
  };
}
