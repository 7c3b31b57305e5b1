import type { Expression } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { ExpressionContext } from "./expression-context.ts";

/** Binds what an expression holds; handed on, so that the files of expressions need no circle of imports. */
export type ExpressionBinder = (node: Expression, context: ExpressionContext) => BoundExpression;
