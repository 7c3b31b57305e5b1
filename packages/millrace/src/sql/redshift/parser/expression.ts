import type { Expression } from "../ast/expression.ts";
import { RedshiftGrammar } from "./redshift-grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** An expression of any kind. @throws SqlError */
export function parseExpression(stream: TokenStream): Expression {
  return new RedshiftGrammar(stream).expression();
}
