import { numeric, precisionOf } from "../numeric-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { arithmeticOperators } from "./arithmetic.ts";
import { cast, macro } from "./engine-text.ts";
import {
  aliases,
  type EntryOptions,
  type FunctionEntry,
  type Printer,
  type PrintInput,
  scalar,
} from "./function-entry.ts";

const integers = ["int2", "int4", "int8"] as const;

function ofDouble(name: string, sql: (x: string) => string): FunctionEntry {
  return scalar(`${name}(float8) float8`, ([x = ""]) => sql(x));
}

const whole: EntryOptions = Object.freeze({
  result: ([type]: readonly SqlType[]): SqlType => {
    const { precision, scale } = precisionOf(type ?? { name: "numeric" });
    return numeric(Math.min(38, Math.max(1, precision - scale + 1)), 0);
  },
});

/** Rounding down or up to whole numbers: a numeric loses its scale, an integer stays as it is. */
function toWhole(name: string, sql: string): readonly FunctionEntry[] {
  return [
    ...integers.map((type) => scalar(`${name}(${type}) ${type}`, ([x = ""]) => x)),
    scalar(`${name}(numeric) numeric`, ([x], { type }) => cast(`${sql}(${x})`, engineType(type)), whole),
    scalar(`${name}(float8) float8`, ([x]) => `${sql}(${x})`),
  ];
}

/** ROUND and TRUNC of numerics: a literal number of places is the result's scale. */
const placed: EntryOptions = Object.freeze({
  result: (types: readonly SqlType[], constants: readonly (string | null | undefined)[]): SqlType => {
    const { precision, scale } = precisionOf(types[0] ?? { name: "numeric" });
    const places = placesOf(types, constants);
    if (places === undefined) return numeric(precision, scale);
    const kept = Math.min(Math.max(places, 0), scale);
    return numeric(Math.min(38, Math.max(1, precision - scale + kept + (places < scale ? 1 : 0))), kept);
  },
});

function placesOf(
  types: readonly SqlType[],
  constants: readonly (string | null | undefined)[],
): number | undefined {
  if (types.length < 2) return 0;
  const constant = constants[1];
  return typeof constant === "string" ? Number(constant) : undefined;
}

function placedPrinter(name: "round" | "trunc"): Printer {
  return ([x = "", places], input: PrintInput) => {
    const count = placesOf(input.types, input.constants);
    if (count === undefined) return cast(macro(`${name}_places`, x, places ?? "0"), engineType(input.type));
    if (count >= precisionOf(input.types[0] ?? input.type).scale) return x;
    if (count >= 0 && name === "round") return cast(x, engineType(input.type));
    return cast(count === 0 ? `${name}(${x})` : `${name}(${x}, ${count})`, engineType(input.type));
  };
}

function placing(name: "round" | "trunc"): readonly FunctionEntry[] {
  const ofIntegers: Printer = ([x = "", places], { type }) =>
    places === undefined
      ? x
      : cast(`${name}(CAST(${x} AS DECIMAL(38,0)), CAST(least(${places}, 0) AS INTEGER))`, engineType(type));
  return [
    ...integers.map((type) => scalar(`${name}(${type}; int4) ${type}`, ofIntegers)),
    scalar(`${name}(numeric; int4) numeric`, placedPrinter(name), placed),
    scalar(`${name}(float8; int4) float8`, ([x = "", places]) => macro(`${name}_float`, x, places ?? "0")),
  ];
}

function modulo(): readonly FunctionEntry[] {
  return arithmeticOperators
    .filter((entry) => entry.signature.name === "%")
    .map((entry) => ({
      ...entry,
      text: entry.text.replace("%", "mod"),
      signature: { ...entry.signature, name: "mod" },
    }));
}

const exponents: readonly FunctionEntry[] = [
  ofDouble("sqrt", (x) => macro("square_root", x)),
  ofDouble("cbrt", (x) => macro("cube_root", x)),
  ofDouble("exp", (x) => macro("exponential", x)),
  ofDouble("dexp", (x) => macro("exponential", x)),
  ofDouble("ln", (x) => macro("logarithm", x)),
  ofDouble("dlog1", (x) => macro("logarithm", x)),
  ofDouble("log", (x) => macro("logarithm10", x)),
  ofDouble("dlog10", (x) => macro("logarithm10", x)),
  ...aliases(
    scalar("power(float8, float8) float8", ([x = "", y = ""]) => macro("power", x, y)),
    "pow",
    "dpow",
  ),
];

const angles: readonly FunctionEntry[] = [
  ofDouble("acos", (x) => macro("arc_cosine", x)),
  ofDouble("asin", (x) => macro("arc_sine", x)),
  ofDouble("atan", (x) => `atan(${x})`),
  scalar("atan2(float8, float8) float8", ([y, x]) => `atan2(${y}, ${x})`),
  ofDouble("cos", (x) => `cos(${x})`),
  ofDouble("sin", (x) => `sin(${x})`),
  ofDouble("tan", (x) => `tan(${x})`),
  ofDouble("cot", (x) => `cot(${x})`),
  ofDouble("degrees", (x) => `degrees(${x})`),
  ofDouble("radians", (x) => `radians(${x})`),
  scalar("pi() float8", () => "pi()"),
  // The operator `5 !`.
  scalar("factorial(int8) numeric", ([x = ""]) => cast(`factorial(${cast(x, "INTEGER")})`, "DECIMAL(38,0)"), {
    result: () => numeric(38, 0),
  }),
];

/** Functions of numbers. */
export const mathFunctions: readonly FunctionEntry[] = Object.freeze([
  ...integers.map((type) => scalar(`abs(${type}) ${type}`, ([x]) => `abs(${x})`)),
  scalar("abs(numeric) numeric", ([x]) => `abs(${x})`, { result: ([type]) => type ?? { name: "numeric" } }),
  scalar("abs(float4) float4", ([x]) => `abs(${x})`),
  scalar("abs(float8) float8", ([x]) => `abs(${x})`),
  ...toWhole("ceil", "ceil"),
  ...toWhole("ceiling", "ceil"),
  ...toWhole("floor", "floor"),
  ...placing("round"),
  ...placing("trunc"),
  ...modulo(),
  scalar("sign(numeric) numeric", ([x]) => cast(`sign(${x})`, "DECIMAL(1,0)"), {
    result: () => numeric(1, 0),
  }),
  scalar("sign(float8) float8", ([x]) => cast(`sign(${x})`, "DOUBLE")),
  ...exponents,
  ...angles,
  scalar("random() float8", () => "random()", { volatility: "volatile" }),
  scalar("checksum(varchar) int4", ([x = ""]) => cast(`hash(${x}) % 2147483647`, "INTEGER")),
]);
