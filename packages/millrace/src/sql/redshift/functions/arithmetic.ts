import { computedNumeric, precisionOf } from "../numeric-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { cast, macro, script } from "./engine-text.ts";
import { type FunctionEntry, type Printer, type PrintInput, scalar } from "./function-entry.ts";

const double: SqlType = Object.freeze({ name: "double precision" });
const widths: readonly SqlType["name"][] = ["smallint", "integer", "bigint"];

function signatures(operator: string): readonly string[] {
  const pairs = ["int2", "int4", "int8"].flatMap((left) =>
    ["int2", "int4", "int8"].map((right) => [left, right] as const),
  );
  const rank = (name: string): string => (name === "int8" ? "c" : name === "int4" ? "b" : "a");
  return pairs.map(([l, r]) => `${operator}(${l}, ${r}) ${rank(l) > rank(r) ? l : r}`);
}

/** AWS, "Return types for computations": two reals give a real, a real with anything else a double. */
function floats(operator: string, print: Printer): readonly FunctionEntry[] {
  return [
    scalar(`${operator}(float4, float4) float4`, print),
    scalar(`${operator}(float8, float8) float8`, print),
  ];
}

function plain(operator: string): Printer {
  return ([a, b]) => `(${a} ${operator} ${b})`;
}

/** Both operands as the engine's narrower decimals where that is exact: see `decimalOperands`. */
function numericEntry(operator: "+" | "-" | "*" | "%", print: Printer): FunctionEntry {
  return scalar(`${operator}(numeric, numeric) numeric`, print, {
    result: ([left, right]) => computedNumeric(operator, left ?? double, right ?? double),
  });
}

/**
 * Sums and products of decimals stand as they are: the engine then computes in 64 bits what it can, which is several
 * times as fast as 128, and raises an error rather than wrapping round. `form.wide` asks for 128 bits.
 */
function decimal(operator: "+" | "-" | "*"): Printer {
  return ([a = "", b = ""], input) => {
    const { precision, scale } = precisionOf(input.type);
    if (precision > 18 && input.form.wide !== true) input.form.narrowed?.();
    const left = input.form.wide === true && precision > 18 ? widened(a, input) : a;
    const exact = operator === "*" ? scaleSum(input) : scale;
    const text = `(${left} ${operator} ${b})`;
    if (exact === scale) return text;
    const plain = cast(text, engineType(input.type));
    if (exact <= 38 && input.form.wide !== true) return plain;
    // More than 38 digits in between are the exception: only those rows are left to a function of our own.
    const [x, y] = [cast(a, "VARCHAR"), cast(b, "VARCHAR")];
    const own = cast(script("decimal_multiply", x, y, String(scale)), engineType(input.type));
    return exact <= 38 ? `COALESCE(TRY(${plain}), ${own})` : own;
  };
}

function scaleSum({ types }: PrintInput): number {
  return types.reduce((sum, type) => sum + precisionOf(type).scale, 0);
}

function widened(sql: string, { types }: PrintInput): string {
  return cast(sql, `DECIMAL(38,${precisionOf(types[0] ?? double).scale})`);
}

/** The divisor, or 22012 where it is zero; a constant is seen to be none without a look at run time. */
function divisor(index: number): (texts: readonly string[], input: PrintInput) => string {
  return (texts, input) => {
    const text = texts[index] ?? "";
    const constant = input.constants[index];
    if (typeof constant === "string" && Number(constant) !== 0 && !Number.isNaN(Number(constant)))
      return text;
    return macro("nonzero", text);
  };
}

const secondDivisor = divisor(1);

function floatDivision(texts: readonly string[], input: PrintInput): string {
  return `(${texts[0]} / ${secondDivisor(texts, input)})`;
}

/**
 * Exact division of numerics, cut (not rounded) at the result's scale: both sides become whole numbers, whose
 * quotient is shifted back. Where these need more than 38 digits, a function of our own divides.
 */
function numericDivision([a = "", b = ""]: readonly string[], input: PrintInput): string {
  const { precision, scale } = precisionOf(input.type);
  const [left = double, right = double] = input.types;
  const { precision: rightPrecision, scale: rightScale } = precisionOf(right);
  const shift = scale + rightScale;
  const digits = precisionOf(left).precision + shift;
  if (digits > 38 || rightPrecision + rightScale > 38) {
    return cast(
      script("decimal_divide", cast(a, "VARCHAR"), cast(b, "VARCHAR"), String(scale)),
      engineType(input.type),
    );
  }
  const numerator = shifted(a, left, shift, digits <= 18 ? "BIGINT" : "HUGEINT");
  const denominator = shifted(secondDivisor([a, b], input), right, rightScale, "HUGEINT");
  return `CAST(CAST(${numerator} // ${denominator} AS DECIMAL(38,0)) * ${unit(scale)} AS DECIMAL(${precision},${scale}))`;
}

/** A decimal times a power of ten, as a whole number. */
function shifted(sql: string, type: SqlType, digits: number, whole: string): string {
  if (digits === 0) return cast(sql, whole);
  const { precision, scale } = precisionOf(type);
  const factor = `CAST(1${"0".repeat(digits)} AS DECIMAL(${digits + 1},0))`;
  const isWide = precision + digits > 18;
  return cast(`${isWide ? cast(sql, `DECIMAL(38,${scale})`) : sql} * ${factor}`, whole);
}

/** 0.0001 for 4. */
function unit(scale: number): string {
  return scale === 0 ? "1" : `CAST(0.${"0".repeat(scale - 1)}1 AS DECIMAL(${scale},${scale}))`;
}

const integerPrinters: Readonly<Record<string, Printer>> = Object.freeze({
  "+": plain("+"),
  "-": plain("-"),
  "*": plain("*"),
  "/": (texts, input) => `(${texts[0]} // ${secondDivisor(texts, input)})`,
  "%": (texts, input) => `(${texts[0]} % ${secondDivisor(texts, input)})`,
});

function integers(operator: string): readonly FunctionEntry[] {
  const print: Printer = integerPrinters[operator] ?? plain(operator);
  return signatures(operator).map((signature) =>
    scalar(signature, (texts, input) => print(sameWidth(texts, input), input)),
  );
}

/** Constants of a narrower width stand as they are: the engine computes them in the wider operand's type. */
function sameWidth(texts: readonly string[], { types, constants, type }: PrintInput): readonly string[] {
  return texts.map((text, index) => {
    const literal = typeof constants[index] === "string";
    const narrower = widths.indexOf(types[index]?.name ?? "bigint") < widths.indexOf(type.name);
    return narrower && !literal ? cast(text, engineType(type)) : text;
  });
}

const bitwise: readonly FunctionEntry[] = ["int2", "int4", "int8"].flatMap((type) => [
  scalar(`&(${type}, ${type}) ${type}`, ([a, b]) => `(${a} & ${b})`),
  scalar(`|(${type}, ${type}) ${type}`, ([a, b]) => `(${a} | ${b})`),
  scalar(`#(${type}, ${type}) ${type}`, ([a, b]) => `xor(${a}, ${b})`),
  scalar(`<<(${type}, int4) ${type}`, ([a = "", b = ""], { type: t }) =>
    cast(macro("shift_left", a, b, `'${engineType(t)}'`), engineType(t)),
  ),
  scalar(`>>(${type}, int4) ${type}`, ([a, b]) => `(${a} >> (${b}))`),
  scalar(`~_(${type}) ${type}`, ([a]) => `(~${a})`),
]);

const unary: readonly FunctionEntry[] = ["int2", "int4", "int8", "numeric", "float4", "float8"].flatMap(
  (type) => {
    const options = { result: ([own]: readonly SqlType[]) => own ?? double };
    return [
      scalar(`-_(${type}) ${type}`, ([a]) => `(-${a})`, options),
      scalar(`+_(${type}) ${type}`, ([a = ""]) => a, options),
      scalar(`@_(${type}) ${type}`, ([a]) => `abs(${a})`, options),
    ];
  },
);

/** Arithmetic and bitwise operators; those with one operand have an underscore behind their sign. */
export const arithmeticOperators: readonly FunctionEntry[] = Object.freeze([
  ...["+", "-", "*", "/", "%"].flatMap(integers),
  numericEntry("+", decimal("+")),
  numericEntry("-", decimal("-")),
  numericEntry("*", decimal("*")),
  scalar("/(numeric, numeric) numeric", numericDivision, {
    result: ([left, right]) => computedNumeric("/", left ?? double, right ?? double),
  }),
  numericEntry("%", (texts, input) => `(${texts[0]} % ${secondDivisor(texts, input)})`),
  ...["+", "-", "*"].flatMap((operator) => floats(operator, plain(operator))),
  ...floats("/", floatDivision),
  scalar("^(float8, float8) float8", ([a, b]) => macro("power", a ?? "", b ?? "")),
  scalar("|/_(float8) float8", ([a]) => macro("square_root", a ?? "")),
  scalar("||/_(float8) float8", ([a = ""]) => macro("cube_root", a)),
  ...bitwise,
  ...unary,
]);
