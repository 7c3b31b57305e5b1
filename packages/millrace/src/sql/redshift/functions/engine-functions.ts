import { binaryFunctions } from "./scripts/binary-functions.ts";
import { castFunctions } from "./scripts/cast-functions.ts";
import { decimalFunctions } from "./scripts/decimal-functions.ts";
import type { EngineFunction } from "./scripts/engine-function.ts";
import { formatFunctions } from "./scripts/format-functions.ts";
import { hashFunctions } from "./scripts/hash-functions.ts";
import { jsonFunctions } from "./scripts/json-functions.ts";
import { regexFunctions } from "./scripts/regex-functions.ts";
import { stringFunctions } from "./scripts/string-functions.ts";
import { superFunctions } from "./scripts/super-functions.ts";

/** All functions in JavaScript, made anew for an instance of the engine: some keep what they compiled. */
export function engineFunctions(): readonly EngineFunction[] {
  return [
    ...binaryFunctions,
    ...castFunctions,
    ...decimalFunctions,
    ...formatFunctions(),
    ...hashFunctions,
    ...jsonFunctions,
    ...regexFunctions(),
    ...stringFunctions,
    ...superFunctions,
  ];
}
