import { notImplemented } from "../errors.ts";
import { functions, type MathScope, missingFunctions } from "./functions.ts";
import type { BinaryOperator, MathNode } from "./node.ts";
import { MathError } from "./parse.ts";
import { combine, type MathValue, mapValue, scalar, seriesOf } from "./value.ts";

export interface EvaluationScope extends MathScope {
  /** The metric or expression with an id; undefined when the request has none. */
  named(id: string): MathValue | undefined;
}

const operators: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** Words that are arguments, not names of metrics. */
const words: readonly string[] = ["REPEAT", "LINEAR"];

/** The value of an expression. @throws MathError where it has none. */
export function evaluate(node: MathNode, scope: EvaluationScope): MathValue {
  switch (node.kind) {
    case "number":
      return scalar(node.value);
    case "string":
      return { kind: "text", text: node.value };
    case "name":
      return valueOfName(node.name, scope);
    case "list":
      return { kind: "list", items: node.items.flatMap((item) => seriesIn(evaluate(item, scope))) };
    case "negate":
      return mapValue(evaluate(node.of, scope), (value) => -value);
    case "binary":
      return combine(evaluate(node.left, scope), evaluate(node.right, scope), operators[node.operator]);
    case "call":
      return call(node.name.toUpperCase(), node.args, scope);
  }
}

function valueOfName(name: string, scope: EvaluationScope): MathValue {
  if (words.includes(name)) return { kind: "text", text: name };
  const value = scope.named(name);
  if (value !== undefined) return value;
  throw new MathError(`Undefined variable '${name}'`);
}

function seriesIn(value: MathValue): ReturnType<typeof seriesOf>[] {
  return value.kind === "list" ? [...value.items] : [seriesOf(value)];
}

function call(name: string, args: readonly MathNode[], scope: EvaluationScope): MathValue {
  if (missingFunctions.includes(name)) throw notImplemented(`The metric math function ${name}`);
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (run === undefined) throw new MathError(`Unknown function '${name}'`);
  return run(
    args.map((arg) => evaluate(arg, scope)),
    scope,
  );
}
