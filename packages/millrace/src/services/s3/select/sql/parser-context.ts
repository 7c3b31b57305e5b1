import type { Aggregate, Expression } from "./expression.ts";
import type { TokenStream } from "./token-stream.ts";

/** What parsers of parts call to read a whole expression. */
export interface ParserContext {
  readonly tokens: TokenStream;
  /** Aggregates found so far; a parser adds its own. */
  readonly aggregates: Aggregate[];
  readonly expression: () => Expression;
}
