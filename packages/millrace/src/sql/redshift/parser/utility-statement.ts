import type { Statement } from "../ast/statement.ts";
import type { TokenStream } from "./token-stream.ts";

/** A statement that is neither a query nor a change of data. `parseStatement` reads one of any kind. */
export function parseUtilityStatement(
  stream: TokenStream,
  _parseStatement: (stream: TokenStream) => Statement,
): Statement {
  throw stream.syntaxError();
}
