import type { Query } from "../ast/query.ts";
import { RedshiftGrammar } from "./redshift-grammar.ts";
import type { TokenStream } from "./token-stream.ts";

/** A query: `select ...`, `with ... select ...`, or one in brackets. @throws SqlError */
export function parseQuery(stream: TokenStream): Query {
  return new RedshiftGrammar(stream).query();
}
