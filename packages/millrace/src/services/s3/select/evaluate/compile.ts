import { selectError } from "../select-error.ts";
import type { Comparison, Expression, FunctionCall, Path } from "../sql/expression.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";
import { textOf } from "../value/value-text.ts";
import { calculate, negated } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { compareValues, isAbsent, readBoolean } from "./comparison.ts";
import { nullIf, strictFunctions } from "./functions.ts";
import { LikePattern } from "./like-pattern.ts";

/** What an expression is, of one record. */
export type Evaluator<Row> = (row: Row) => Value;

/** What the names of an expression stand for. */
export interface Scope<Row> {
  path(path: Path): Evaluator<Row>;
  /** The result of an aggregate; asked for when all records have been read. */
  aggregate(index: number): Value;
  readonly nowMs: number;
}

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;
type Logic = Extract<Expression, { kind: "and" | "or" }>;

/** Makes functions of an expression once, so that nothing is decided anew for each record. */
export function compile<Row>(expression: Expression, scope: Scope<Row>): Evaluator<Row> {
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "path":
      return scope.path(expression);
    case "aggregate":
      return () => scope.aggregate(expression.index);
    case "call":
      return compileCall(expression, scope);
    case "negate": {
      const operand = compile(expression.operand, scope);
      return (row) => negated(operand(row));
    }
    case "not": {
      const operand = compile(expression.operand, scope);
      return (row) => not(truth(operand(row)));
    }
    case "and":
    case "or":
      return compileLogic(expression, scope);
    case "concat":
      return compileConcat(expression, scope);
    case "compare":
      return compileComparison(expression, scope);
    case "arithmetic": {
      const { operator } = expression;
      const [left, right] = [compile(expression.left, scope), compile(expression.right, scope)];
      return (row) => calculate(operator, left(row), right(row));
    }
    case "between":
      return compileBetween(expression, scope);
    case "in":
      return compileIn(expression, scope);
    case "like":
      return compileLike(expression, scope);
    case "is": {
      const operand = compile(expression.operand, scope);
      return expression.what === "missing"
        ? (row) => operand(row) === undefined
        : (row) => isAbsent(operand(row));
    }
    case "case":
      return compileCase(expression, scope);
    case "cast": {
      const { type } = expression;
      const operand = compile(expression.operand, scope);
      return (row) => cast(operand(row), type);
    }
  }
}

/** TRUE, FALSE, or null for what is neither. */
export function truth(value: Value): boolean | null {
  if (typeof value === "boolean") return value;
  if (isAbsent(value)) return null;
  const read = typeof value === "string" ? readBoolean(value) : undefined;
  if (read === undefined) throw selectError("InvalidDataType", "A condition is needed here");
  return read;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function compileLogic<Row>(expression: Logic, scope: Scope<Row>): Evaluator<Row> {
  const [left, right] = [compile(expression.left, scope), compile(expression.right, scope)];
  const decisive = expression.kind === "or";
  return (row) => {
    const first = truth(left(row));
    if (first === decisive) return decisive;
    const second = truth(right(row));
    if (second === decisive) return decisive;
    return first === null || second === null ? null : !decisive;
  };
}

function compileConcat<Row>(expression: Of<"concat">, scope: Scope<Row>): Evaluator<Row> {
  const [left, right] = [compile(expression.left, scope), compile(expression.right, scope)];
  return (row) => {
    const [a, b] = [left(row), right(row)];
    if (a === undefined || b === undefined) return undefined;
    return a === null || b === null ? null : textOf(a) + textOf(b);
  };
}

/** What an order says; `undefined` is between values that cannot be compared, which are not equal either. */
const verdicts: Readonly<Record<Comparison, (order: number | undefined) => boolean | null>> = Object.freeze({
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => (order === undefined ? null : order < 0),
  "<=": (order) => (order === undefined ? null : order <= 0),
  ">": (order) => (order === undefined ? null : order > 0),
  ">=": (order) => (order === undefined ? null : order >= 0),
});

function compileComparison<Row>(expression: Of<"compare">, scope: Scope<Row>): Evaluator<Row> {
  const [left, right] = [compile(expression.left, scope), compile(expression.right, scope)];
  const verdict = verdicts[expression.operator];
  return (row) => {
    const [a, b] = [left(row), right(row)];
    return isAbsent(a) || isAbsent(b) ? null : verdict(compareValues(a, b));
  };
}

function compileBetween<Row>(expression: Of<"between">, scope: Scope<Row>): Evaluator<Row> {
  const operand = compile(expression.operand, scope);
  const [low, high] = [compile(expression.low, scope), compile(expression.high, scope)];
  return (row) => {
    const [value, from, to] = [operand(row), low(row), high(row)];
    if (isAbsent(value) || isAbsent(from) || isAbsent(to)) return null;
    const [above, below] = [compareValues(value, from), compareValues(value, to)];
    return above === undefined || below === undefined ? null : above >= 0 && below <= 0;
  };
}

function compileIn<Row>(expression: Of<"in">, scope: Scope<Row>): Evaluator<Row> {
  const operand = compile(expression.operand, scope);
  const items = expression.items.map((item) => compile(item, scope));
  return (row) => {
    const value = operand(row);
    if (isAbsent(value)) return null;
    let unknown = false;
    for (const item of items) {
      const candidate = item(row);
      if (isAbsent(candidate)) unknown = true;
      else if (compareValues(value, candidate) === 0) return true;
    }
    return unknown ? null : false;
  };
}

function compileLike<Row>(expression: Of<"like">, scope: Scope<Row>): Evaluator<Row> {
  const operand = compile(expression.operand, scope);
  const pattern = compile(expression.pattern, scope);
  const escaping = expression.escape === undefined ? undefined : compile(expression.escape, scope);
  // Most patterns are the same for all records.
  let last: { readonly pattern: string; readonly shield: Value; readonly compiled: LikePattern } | undefined;
  return (row) => {
    const [value, text] = [operand(row), pattern(row)];
    const shield = escaping?.(row);
    if (isAbsent(value) || isAbsent(text) || shield === null) return null;
    if (typeof value !== "string" || typeof text !== "string") throw selectError("LikeInvalidInputs");
    if (shield !== undefined && typeof shield !== "string") throw selectError("LikeInvalidInputs");
    if (last === undefined || last.pattern !== text || last.shield !== shield)
      last = { pattern: text, shield, compiled: new LikePattern(text, shield) };
    return last.compiled.matches(value);
  };
}

function compileCase<Row>(expression: Of<"case">, scope: Scope<Row>): Evaluator<Row> {
  const branches = expression.branches.map(({ when, result }) => ({
    when: compile(when, scope),
    result: compile(result, scope),
  }));
  const otherwise = expression.otherwise === undefined ? undefined : compile(expression.otherwise, scope);
  return (row) => {
    for (const { when, result } of branches) if (truth(when(row)) === true) return result(row);
    return otherwise === undefined ? null : otherwise(row);
  };
}

function compileCall<Row>(call: FunctionCall, scope: Scope<Row>): Evaluator<Row> {
  const operands = call.operands.map((operand) => compile(operand, scope));
  const [first, second] = operands;
  switch (call.name) {
    case "utcnow": {
      const now = Timestamp.fromEpochMs(scope.nowMs);
      return () => now;
    }
    case "coalesce":
      return (row) => {
        for (const operand of operands) {
          const value = operand(row);
          if (!isAbsent(value)) return value;
        }
        return null;
      };
    case "nullif":
      return (row) => nullIf(first?.(row), second?.(row));
    default: {
      const run = strictFunctions[call.name];
      return (row) => {
        const values = operands.map((operand) => operand(row));
        if (values.includes(undefined)) return undefined;
        return values.includes(null) ? null : run(values, call);
      };
    }
  }
}
