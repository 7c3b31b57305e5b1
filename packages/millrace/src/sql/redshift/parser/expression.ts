import type { Expression } from "../ast/expression.ts";
import type { TokenStream } from "./token-stream.ts";

/** An expression of any kind. @throws SqlError */
export function parseExpression(stream: TokenStream): Expression {
  throw stream.error("0A000", "expressions are not supported");
}
