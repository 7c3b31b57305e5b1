import type {
  BoundExpression,
  CallExpression,
  CastExpression,
  Value,
} from "../../../sql/flink/bound-expression.ts";
import type { DecimalType, FlinkType } from "../../../sql/flink/types.ts";

/** What Flink fails with. */
export class Failure extends Error {}

/**
 * Computes bound expressions over one row, slowly and by the book: BIGINT is always a bigint, nothing is shared,
 * nothing is compiled. What the compiled code is compared with.
 */
export class Interpreter {
  readonly #row: readonly Value[];
  /** A BIGINT came up that no double holds exactly. */
  hasBeenGreat = false;

  constructor(row: readonly Value[]) {
    this.#row = row;
  }

  value(expression: BoundExpression): Value {
    const value = this.#compute(expression);
    if (expression.type.kind === "bigint" && typeof value === "bigint") this.#note(value);
    return value;
  }

  /** Where only TRUE matters, NULL decides an AND as FALSE does: what stands behind it is not computed. */
  truth(expression: BoundExpression): boolean {
    if (expression.kind === "call" && expression.function === "and") {
      return expression.arguments.every((argument) => this.truth(argument));
    }
    if (expression.kind === "call" && expression.function === "or") {
      return expression.arguments.some((argument) => this.truth(argument));
    }
    return this.value(expression) === true;
  }

  /** A BIGINT, or what would be one if it did not wrap around. */
  #note(value: bigint): void {
    const limit = BigInt(Number.MAX_SAFE_INTEGER);
    if (value > limit || value < -limit) this.hasBeenGreat = true;
  }

  #compute(expression: BoundExpression): Value {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "column":
        return this.#row[expression.index] ?? null;
      case "field": {
        const row = this.value(expression.operand);
        return row === null ? null : ((row as readonly Value[])[expression.index] ?? null);
      }
      case "case":
        for (const { when, result } of expression.branches) {
          if (this.truth(when)) return this.value(result);
        }
        return this.value(expression.otherwise);
      case "cast":
        return this.#cast(expression);
      case "call":
        return this.#call(expression);
    }
  }

  #call(call: CallExpression): Value {
    const { arguments: args } = call;
    const at = (index: number): Value => this.value(args[index] as BoundExpression);
    switch (call.function) {
      case "and":
      case "or":
        return this.#connective(call);
      case "not": {
        const value = at(0);
        return value === null ? null : value === false;
      }
      case "is null":
        return at(0) === null;
      case "is not null":
        return at(0) !== null;
      case "is true":
        return at(0) === true;
      case "is not true":
        return at(0) !== true;
      case "is false":
        return at(0) === false;
      case "is not false":
        return at(0) !== false;
      case "coalesce":
      case "ifnull":
        for (const argument of args) {
          const value = this.value(argument);
          if (value !== null) return value;
        }
        return null;
      case "if":
        return this.truth(args[0] as BoundExpression) ? at(1) : at(2);
      case "nullif": {
        const [a, b] = [at(0), at(1)];
        return a !== null && b !== null && equals(a, b) ? null : a;
      }
      case "in":
        return this.#in(call);
      default:
        return this.#strict(
          call,
          args.map((argument) => this.value(argument)),
        );
    }
  }

  #connective(call: CallExpression): Value {
    const decides = call.function === "or";
    let result: Value = !decides;
    for (const argument of call.arguments) {
      const value = this.value(argument);
      if (value === decides) return decides;
      if (value === null) result = null;
    }
    return result;
  }

  #in(call: CallExpression): Value {
    const [needle, ...list] = call.arguments;
    const value = this.value(needle as BoundExpression);
    if (value === null) return null;
    let result: Value = false;
    for (const element of list) {
      const other = this.value(element);
      if (other === null) result = null;
      else if (equals(value, other)) return true;
    }
    return result;
  }

  #strict(call: CallExpression, values: readonly Value[]): Value {
    const [a, b] = values as readonly [Value, Value];
    if (call.function === "is distinct from") return !same(a, b);
    if (call.function === "is not distinct from") return same(a, b);
    if (values.includes(null)) return null;
    switch (call.function) {
      case "=":
        return equals(a, b);
      case "<>":
        return !equals(a, b);
      case "<":
        return ordered(a, b) && compare(a, b) < 0;
      case "<=":
        return ordered(a, b) && compare(a, b) <= 0;
      case ">":
        return ordered(a, b) && compare(a, b) > 0;
      case ">=":
        return ordered(a, b) && compare(a, b) >= 0;
      case "negate":
        return narrow(call.type, { negative: a });
      default:
        return arithmetic(call, a, b, (value) => this.#note(value));
    }
  }

  #cast(expression: CastExpression): Value {
    const value = this.value(expression.operand);
    return value === null ? null : castNumber(value, expression.operand.type, expression.type);
  }
}

function isNaNValue(value: Value): boolean {
  return typeof value === "number" && Number.isNaN(value);
}

function ordered(a: Value, b: Value): boolean {
  return !isNaNValue(a) && !isNaNValue(b);
}

function equals(a: Value, b: Value): boolean {
  return ordered(a, b) && compare(a, b) === 0;
}

function same(a: Value, b: Value): boolean {
  return a === null || b === null ? a === b : equals(a, b);
}

/** By UTF-8 for texts, element by element for rows. */
function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  if (Array.isArray(a)) {
    const others = b as readonly Value[];
    for (const [index, item] of a.entries()) {
      const order = compare(item as Value, others[index] ?? null);
      if (order !== 0) return order;
    }
    return a.length - others.length;
  }
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

const bits: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, int: 32, bigint: 64 };

/** A whole number wraps around, as in Java. */
function wrap(type: FlinkType, value: bigint): Value {
  const wrapped = BigInt.asIntN(bits[type.kind] as number, value);
  return type.kind === "bigint" ? wrapped : Number(wrapped);
}

function narrow(type: FlinkType, { negative }: { readonly negative: Value }): Value {
  if (type.kind === "float" || type.kind === "double") return -(negative as number);
  if (type.kind === "decimal") return -(negative as bigint);
  return wrap(type, -BigInt(negative as number | bigint));
}

function arithmetic(call: CallExpression, a: Value, b: Value, note: (value: bigint) => void): Value {
  const operand = call.arguments[0]?.type as FlinkType;
  if (operand.kind === "decimal") {
    const right = call.arguments[1]?.type as DecimalType;
    return decimal(
      call.function,
      [a as bigint, operand.scale],
      [b as bigint, right.scale],
      call.type as DecimalType,
    );
  }
  if (operand.kind === "float" || operand.kind === "double") {
    const value = floating(call.function, a as number, b as number);
    return operand.kind === "float" ? Math.fround(value) : value;
  }
  const [x, y] = [BigInt(a as number), BigInt(b as number)];
  if ((call.function === "/" || call.function === "%") && y === 0n) throw new Failure("division by zero");
  const value = { "+": x + y, "-": x - y, "*": x * y, "/": y && x / y, "%": y && x % y }[call.function];
  if (operand.kind === "bigint") note(value as bigint);
  return wrap(call.type, wrapLong(operand, value as bigint));
}

function wrapLong(type: FlinkType, value: bigint): bigint {
  return BigInt.asIntN(bits[type.kind] as number, value);
}

function floating(operator: string, a: number, b: number): number {
  return { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "%": a % b }[operator] as number;
}

/** As fractions of whole numbers, rounded once, halves away from zero. */
function decimal(
  operator: string,
  [a, aScale]: readonly [bigint, number],
  [b, bScale]: readonly [bigint, number],
  type: DecimalType,
): Value {
  const ten = (power: number): bigint => 10n ** BigInt(power);
  const [x, y] = [a * ten(bScale), b * ten(aScale)];
  let numerator: bigint;
  let denominator = ten(aScale + bScale);
  if (operator === "+") numerator = x + y;
  else if (operator === "-") numerator = x - y;
  else if (operator === "*") numerator = a * b;
  else {
    if (b === 0n) throw new Failure("division by zero");
    if (operator === "%") numerator = x % y;
    else [numerator, denominator] = [x, y];
  }
  return roundedTo(numerator, denominator, type);
}

function roundedTo(numerator: bigint, denominator: bigint, type: DecimalType): Value {
  const negative = numerator < 0n !== denominator < 0n;
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const scaled = size(numerator) * 10n ** BigInt(type.scale) * 2n + size(denominator);
  const rounded = scaled / (size(denominator) * 2n);
  return rounded >= 10n ** BigInt(type.precision) ? null : negative ? -rounded : rounded;
}

/** Among numbers and BOOLEAN. */
function castNumber(value: Value, from: FlinkType, to: FlinkType): Value {
  if (to.kind === "boolean") return Number(value) !== 0;
  if (to.kind === "decimal") return toDecimal(value, from, to);
  if (to.kind === "float" || to.kind === "double") {
    const number = from.kind === "decimal" ? Number(value) / 10 ** from.scale : Number(value);
    return to.kind === "float" ? Math.fround(number) : number;
  }
  if (from.kind === "decimal")
    return wrap(to, BigInt.asIntN(64, (value as bigint) / 10n ** BigInt(from.scale)));
  if (from.kind !== "float" && from.kind !== "double") return wrap(to, BigInt(value as number));
  const limit = to.kind === "bigint" ? 2n ** 63n : 2n ** 31n;
  if (Number.isNaN(value)) return wrap(to, 0n);
  const whole = Number.isFinite(value)
    ? BigInt(Math.trunc(value as number))
    : (value as number) > 0
      ? limit
      : -limit;
  const clamped = whole >= limit ? limit - 1n : whole < -limit ? -limit : whole;
  return wrap(to, clamped);
}

function toDecimal(value: Value, from: FlinkType, to: DecimalType): Value {
  if (from.kind === "decimal") return roundedTo(value as bigint, 10n ** BigInt(from.scale), to);
  if (from.kind !== "float" && from.kind !== "double") return roundedTo(BigInt(value as number), 1n, to);
  if (!Number.isFinite(value)) return null;
  const [digits = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  const power = Number(exponent) - fraction.length;
  const unscaled = BigInt(whole + fraction);
  return power >= 0
    ? roundedTo(unscaled * 10n ** BigInt(power), 1n, to)
    : roundedTo(unscaled, 10n ** BigInt(-power), to);
}
