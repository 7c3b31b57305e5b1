import type { Query } from "../ast/query.ts";
import type { TokenStream } from "./token-stream.ts";

/** A query: `select ...`, `with ... select ...`, `values ...`, or one in brackets. @throws SqlError */
export function parseQuery(stream: TokenStream): Query {
  throw stream.error("0A000", "queries are not supported");
}

/** Whether a query follows (an opening bracket may also begin something else). */
export function atQuery(stream: TokenStream): boolean {
  return stream.at("select") || stream.at("with") || stream.at("values");
}
