import type { BoundExpression, Value } from "../bound-expression.ts";
import { typeText } from "../type-text.ts";

/** Gives equal expressions equal numbers, in time proportional to what is new in them. */
export class ExpressionKeys {
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<BoundExpression, number>();
  readonly #sizes = new WeakMap<BoundExpression, number>();

  of(expression: BoundExpression): number {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    const shape = this.#shape(expression);
    let number = this.#numbers.get(shape);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(shape, number);
    }
    this.#known.set(expression, number);
    return number;
  }

  /** Nodes of the expression as a tree, where what is there several times counts as often. */
  size(expression: BoundExpression): number {
    const known = this.#sizes.get(expression);
    if (known !== undefined) return known;
    const size = operandsOf(expression).reduce((sum, operand) => sum + this.size(operand), 1);
    this.#sizes.set(expression, size);
    return size;
  }

  #shape(expression: BoundExpression): string {
    switch (expression.kind) {
      case "literal":
        return `l ${typeText(expression.type)} ${valueKey(expression.value)}`;
      case "column":
        return `c ${expression.index}`;
      case "call": {
        const operands = expression.arguments.map((argument) => this.of(argument));
        return `f ${expression.function} ${operands.join(" ")}`;
      }
      case "cast":
        return `t ${expression.isTry} ${typeText(expression.type)} ${this.of(expression.operand)}`;
      case "field":
        return `r ${expression.index} ${this.of(expression.operand)}`;
      case "case": {
        const branches = expression.branches.map(({ when, result }) => `${this.of(when)}:${this.of(result)}`);
        return `k ${branches.join(" ")} ${this.of(expression.otherwise)}`;
      }
    }
  }
}

/** What stands right below an expression. */
function operandsOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case "literal":
    case "column":
      return [];
    case "call":
      return expression.arguments;
    case "cast":
    case "field":
      return [expression.operand];
    case "case":
      return [...expression.branches.flatMap(({ when, result }) => [when, result]), expression.otherwise];
  }
}

/** A text that values share only when they are the same. */
function valueKey(value: Value): string {
  if (value === null || typeof value !== "object") {
    return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
  }
  if (value instanceof Uint8Array) {
    return `b${Buffer.from(value).toString("hex")}`;
  }
  const items = value instanceof Map ? [...value].flat() : [...(value as readonly Value[])];
  return `[${items.map((item) => JSON.stringify(valueKey(item))).join()}]`;
}
