import { isWhole } from "../type-rules.ts";
import type { FlinkType } from "../types.ts";
import {
  dropDigits,
  isDecimalType,
  type RoundingMode,
  roundDecimal,
  roundDouble,
  roundedDecimal,
  roundWhole,
  shortestFloat,
} from "./decimal-rounding.ts";
import {
  alias,
  type CallSite,
  define,
  doubleType,
  inline,
  overloads,
  strict,
} from "./function-definition.ts";
import { double, int, numeric } from "./parameters.ts";
import type { ScalarCode, ScalarFunction } from "./scalar-function.ts";

const ceil = roundedTo("ceil", "ceil");

/** Numbers in, numbers out. FLOOR and CEIL of times are found in `time/`. */
export const mathFunctions: readonly ScalarFunction[] = Object.freeze([
  ...["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "sqrt", "log10"].map(
    (name) => ofDouble(name, (x) => `Math.${name}(${x})`),
  ),
  ofDouble("ln", (x) => `Math.log(${x})`),
  ofDouble("log2", (x) => `(Math.log(${x}) / Math.LN2)`),
  ofDouble("cot", (x) => `(1 / Math.tan(${x}))`),
  ofDouble("degrees", (x) => `(${x} * (180 / Math.PI))`),
  ofDouble("radians", (x) => `(${x} * (Math.PI / 180))`),
  overloads("log", [
    { parameters: [double], result: doubleType, code: inline(([x]) => `Math.log(${x})`) },
    {
      parameters: [double, double],
      result: doubleType,
      code: strict((base: number, x: number) => Math.log(x) / Math.log(base)),
    },
  ]),
  ofTwo("power", power),
  ofTwo("atan2", Math.atan2),
  define({ name: "pi", parameters: [], result: doubleType, code: inline(() => "Math.PI") }),
  define({ name: "e", parameters: [], result: doubleType, code: inline(() => "Math.E") }),
  define({ name: "abs", parameters: [numeric], result: first, code: ({ types }) => absolute(types[0]) }),
  define({ name: "sign", parameters: [numeric], result: first, code: signum }),
  roundedTo("floor", "floor"),
  ceil,
  alias("ceiling", ceil),
  rounding("round", "half-up"),
  rounding("truncate", "down"),
]);

function first(types: readonly FlinkType[]): FlinkType | undefined {
  return types[0];
}

function ofDouble(name: string, text: (x: string) => string): ScalarFunction {
  return define({
    name,
    parameters: [double],
    result: doubleType,
    code: inline(([x]) => text(x ?? "")),
  });
}

function ofTwo(name: string, call: (x: number, y: number) => number): ScalarFunction {
  return define({ name, parameters: [double, double], result: doubleType, code: strict(call) });
}

/** Java's Math.pow: 1 to the power of NaN or infinity is NaN in both. */
function power(x: number, y: number): number {
  return x ** y;
}

function absolute(type: FlinkType | undefined): ScalarCode {
  if (type?.kind === "bigint" || type?.kind === "decimal") {
    return strict((x: number | bigint) => (x < 0 ? -x : x));
  }
  const narrow = type !== undefined && isWhole(type) ? " | 0" : "";
  return inline(([x]) => `(Math.abs(${x})${narrow})`);
}

function signum({ types: [type] }: CallSite): ScalarCode {
  if (isDecimalType(type)) {
    const one = 10n ** BigInt(type.scale);
    return strict((x: bigint) => (x < 0n ? -one : x > 0n ? one : 0n));
  }
  return strict((x: number | bigint) =>
    typeof x === "bigint" ? BigInt(x > 0n) - BigInt(x < 0n) : Math.sign(x),
  );
}

/** FLOOR and CEIL: whole numbers stay as they are, a DECIMAL loses its scale. */
function roundedTo(name: "floor" | "ceil", mode: RoundingMode): ScalarFunction {
  return define({
    name,
    parameters: [numeric],
    result: ([type]) => (isDecimalType(type) ? { ...type, scale: 0 } : type),
    code({ types: [type] }) {
      if (isDecimalType(type)) {
        const { scale } = type;
        return strict((x: bigint) => dropDigits(x, scale, mode));
      }
      if (type !== undefined && isWhole(type)) return inline(([x]) => `(${x})`);
      return inline(([x]) => `Math.${name}(${x})`);
    },
  });
}

/** ROUND and TRUNCATE, to 0 places when not told. */
function rounding(name: string, mode: RoundingMode): ScalarFunction {
  return define({
    name,
    parameters: [numeric, int],
    optional: 1,
    result([type], literals) {
      if (!isDecimalType(type)) return type;
      const places = literals.length < 2 ? 0 : literals[1];
      return typeof places === "number" || typeof places === "bigint"
        ? roundedDecimal(type, Number(places))
        : type;
    },
    code: (site) => roundingCode(site, mode),
  });
}

function roundingCode({ types: [type], result }: CallSite, mode: RoundingMode): ScalarCode {
  if (isDecimalType(type) && isDecimalType(result)) {
    return strict((x: bigint, places = 0) => roundDecimal(x, type, result, places, mode));
  }
  if (type !== undefined && isWhole(type)) {
    const narrow = type.kind === "bigint" ? (x: bigint) => BigInt.asIntN(64, x) : Number;
    return strict((x: number | bigint, places = 0) =>
      places >= 0 ? x : narrow(roundWhole(x, places, mode)),
    );
  }
  if (type?.kind === "float") {
    return strict((x: number, places = 0) => Math.fround(roundDouble(shortestFloat(x), places, mode)));
  }
  return strict((x: number, places = 0) => roundDouble(x, places, mode));
}
