import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";

/** Numbers expressions so that equal ones have equal numbers; those with volatile functions have their own. */
export class ExpressionIds {
  readonly #functions: (name: string) => ScalarFunction | undefined;
  readonly #byObject = new Map<BoundExpression, number>();
  readonly #byShape = new Map<string, number>();
  #next = 0;

  constructor(functions: (name: string) => ScalarFunction | undefined) {
    this.#functions = functions;
  }

  idOf(expression: BoundExpression): number {
    const known = this.#byObject.get(expression);
    if (known !== undefined) return known;
    const shape = this.#shapeOf(expression);
    let id = shape === undefined ? undefined : this.#byShape.get(shape);
    if (id === undefined) {
      id = this.#next;
      this.#next += 1;
      if (shape !== undefined) this.#byShape.set(shape, id);
    }
    this.#byObject.set(expression, id);
    return id;
  }

  /** Undefined: equal to nothing but itself. */
  #shapeOf(expression: BoundExpression): string | undefined {
    const ids = (expressions: readonly BoundExpression[]): string =>
      expressions.map((each) => this.idOf(each)).join(",");
    switch (expression.kind) {
      case "column":
        return `column ${expression.index}`;
      case "literal": {
        const { value } = expression;
        if (typeof value === "object" && value !== null) return undefined;
        const type = JSON.stringify(expression.type);
        return `literal ${type} ${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
      }
      case "call":
        if (this.#functions(expression.function)?.isVolatile === true) return undefined;
        return `call ${JSON.stringify([expression.function, expression.type])} ${ids(expression.arguments)}`;
      case "cast":
        return `cast ${expression.isTry} ${JSON.stringify(expression.type)} ${this.idOf(expression.operand)}`;
      case "field":
        return `field ${expression.index} ${this.idOf(expression.operand)}`;
      case "case": {
        const branches = expression.branches.flatMap(({ when, result }) => [when, result]);
        return `case ${JSON.stringify(expression.type)} ${ids(branches)} else ${this.idOf(expression.otherwise)}`;
      }
    }
  }
}
