import type { CallExpression } from "../../../sql/flink/bound-expression.ts";
import type { DecimalType, FlinkType } from "../../../sql/flink/types.ts";
import { divideHalfUp, fit, power10, rescale } from "./decimal.ts";
import { integerText } from "./emit-number-cast.ts";
import { checkedInteger, divisionByZero } from "./exact-integers.ts";
import { liftedText, smallDecimal } from "./small-decimal.ts";
import { type EmitCall, type Emitter, formOf, strict, strictOrNull, type Term } from "./term.ts";

/** `+ - * / % mod` of numbers. */
export const emitArithmetic: EmitCall = (emitter, call) => {
  const [left, right] = call.arguments;
  if (left === undefined || right === undefined) throw new TypeError(`${call.function} has two arguments`);
  const operator = call.function === "mod" ? "%" : call.function;
  const terms = [emitter.emit(left), emitter.emit(right)] as const;
  if (left.type.kind === "decimal" && right.type.kind === "decimal") {
    return emitDecimal(emitter, operator, call, [left.type, right.type], terms);
  }
  const [a, b] = [terms[0].text, terms[1].text];
  const text = numberText(emitter, operator, left.type, a, b);
  const result = narrowed(emitter, left.type, call.type, text);
  return strict(emitter, call.type, terms, result, isHarmless(left.type, operator));
};

/** BIGINT % INT is computed as BIGINT and is an INT. */
function narrowed(emitter: Emitter, from: FlinkType, to: FlinkType, text: string): string {
  return from.kind === to.kind ? text : integerText(emitter, from, to, text);
}

/** Never throws, and takes little time: may be computed where an operand is NULL. */
function isHarmless(type: FlinkType, operator: string): boolean {
  if (type.kind === "double" || type.kind === "float") return true;
  return type.kind !== "bigint" && operator !== "/" && operator !== "%";
}

function numberText(emitter: Emitter, operator: string, type: FlinkType, a: string, b: string): string {
  switch (type.kind) {
    case "tinyint":
      return `(${intText(emitter, operator, a, b)} << 24 >> 24)`;
    case "smallint":
      return `(${intText(emitter, operator, a, b)} << 16 >> 16)`;
    case "int":
      return intText(emitter, operator, a, b);
    case "bigint":
      return formOf(type, emitter.mode) === "i64"
        ? longText(emitter, operator, a, b)
        : safeText(emitter, operator, a, b);
    case "float":
      return `Math.fround(${a} ${operator} ${b})`;
    case "double":
      return `(${a} ${operator} ${b})`;
    default:
      throw new TypeError(`no arithmetic of ${type.kind}`);
  }
}

function intText(emitter: Emitter, operator: string, a: string, b: string): string {
  if (operator === "*") return `Math.imul(${a}, ${b})`;
  if (operator === "+" || operator === "-") return `(${a} ${operator} ${b} | 0)`;
  const zero = emitter.code.constant(divisionByZero);
  return `(${b} === 0 ? ${zero}() : (${a} ${operator} ${b}) | 0)`;
}

/** Wraps around, as Java's long. */
function longText(emitter: Emitter, operator: string, a: string, b: string): string {
  const text = `BigInt.asIntN(64, ${a} ${operator} ${b})`;
  if (operator !== "/" && operator !== "%") return text;
  return `(${b} === 0n ? ${emitter.code.constant(divisionByZero)}() : ${text})`;
}

/** Of doubles that hold whole numbers: what wraps around is found by the check, and computed exactly then. */
function safeText(emitter: Emitter, operator: string, a: string, b: string): string {
  const { code } = emitter;
  if (operator === "/" || operator === "%") {
    const text = operator === "/" ? `Math.trunc(${a} / ${b}) + 0` : `${a} % ${b} + 0`;
    return `(${b} === 0 ? ${code.constant(divisionByZero)}() : ${text})`;
  }
  return `${code.constant(checkedInteger)}(${a} ${operator} ${b})`;
}

function emitDecimal(
  emitter: Emitter,
  operator: string,
  call: CallExpression,
  [left, right]: readonly [DecimalType, DecimalType],
  terms: readonly [Term, Term],
): Term {
  if (call.type.kind !== "decimal") throw new TypeError("arithmetic of DECIMALs is DECIMAL");
  const compute = decimalOperation(operator, left, right, call.type);
  const big = `${emitter.code.constant(compute)}(${terms[0].text}, ${terms[1].text})`;
  const small = smallText(emitter, operator, [left, right], call.type, terms);
  if (small === undefined) return strictOrNull(emitter, call.type, terms, big);
  return smallDecimal(emitter, call.type, terms, small, big);
}

/** Where nothing is rounded, and both operands may be small. */
function smallText(
  emitter: Emitter,
  operator: string,
  [left, right]: readonly [DecimalType, DecimalType],
  result: DecimalType,
  [a, b]: readonly [Term, Term],
): string | undefined {
  if (a.small === undefined || b.small === undefined) return undefined;
  if (operator === "*") {
    return result.scale === left.scale + right.scale ? `${a.small} * ${b.small}` : undefined;
  }
  if (operator !== "+" && operator !== "-") return undefined;
  const scale = Math.max(left.scale, right.scale);
  const [x, y] = [
    liftedText(emitter, a.small, scale - left.scale),
    liftedText(emitter, b.small, scale - right.scale),
  ];
  return result.scale === scale && x !== undefined && y !== undefined ? `${x} ${operator} ${y}` : undefined;
}

type DecimalOperation = (a: bigint, b: bigint) => bigint | null;

/** Computed exactly, rounded to the scale of the result, NULL where it does not fit its precision. */
function decimalOperation(
  operator: string,
  left: DecimalType,
  right: DecimalType,
  result: DecimalType,
): DecimalOperation {
  const scale = Math.max(left.scale, right.scale);
  const [liftLeft, liftRight] = [power10(scale - left.scale), power10(scale - right.scale)];
  const done = (value: bigint, from: number): bigint | null =>
    fit(rescale(value, from, result.scale), result.precision);
  switch (operator) {
    case "+":
      return (a, b) => done(a * liftLeft + b * liftRight, scale);
    case "-":
      return (a, b) => done(a * liftLeft - b * liftRight, scale);
    case "*":
      return (a, b) => done(a * b, left.scale + right.scale);
    case "/": {
      const lift = result.scale + right.scale - left.scale;
      const [up, down] = [power10(Math.max(0, lift)), power10(Math.max(0, -lift))];
      return (a, b) => (b === 0n ? divisionByZero() : fit(divideHalfUp(a * up, b * down), result.precision));
    }
    case "%":
      return (a, b) => (b === 0n ? divisionByZero() : done((a * liftLeft) % (b * liftRight), scale));
    default:
      throw new TypeError(`no operator ${operator}`);
  }
}

/** The minus sign. */
export const emitNegate: EmitCall = (emitter, call) => {
  const [operand] = call.arguments;
  if (operand === undefined) throw new TypeError("negate has an argument");
  const term = emitter.emit(operand);
  if (call.type.kind === "decimal" && term.small !== undefined) {
    return { text: `(-${term.text})`, nil: term.nil, small: `(0 - ${term.small})` };
  }
  return strict(
    emitter,
    call.type,
    [term],
    negateText(emitter, call.type, term.text),
    call.type.kind !== "decimal",
  );
};

function negateText(emitter: Emitter, type: FlinkType, a: string): string {
  switch (type.kind) {
    case "tinyint":
      return `(-${a} << 24 >> 24)`;
    case "smallint":
      return `(-${a} << 16 >> 16)`;
    case "int":
    case "interval_months":
      return `(-${a} | 0)`;
    case "float":
    case "double":
      return `(-${a})`;
    case "decimal":
      return `(-${a})`;
    case "bigint":
      return emitter.mode === "exact" ? `BigInt.asIntN(64, -${a})` : `(0 - ${a})`;
    default:
      return `(0 - ${a})`;
  }
}
