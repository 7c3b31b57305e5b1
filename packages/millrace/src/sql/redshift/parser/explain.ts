import type { Explain } from "../ast/statement.ts";
import { parseCreate } from "./create.ts";
import { parseDml } from "./dml.ts";
import type { TokenStream } from "./token-stream.ts";

/** EXPLAIN [VERBOSE] of a query, or of what changes or creates data by one. */
export function parseExplain(stream: TokenStream): Explain {
  const { start } = stream.next();
  const verbose = stream.accept("verbose");
  const statement = parseExplained(stream);
  return { kind: "explain", verbose, statement, span: stream.spanFrom(start) };
}

function parseExplained(stream: TokenStream): Explain["statement"] {
  const token = stream.current;
  const statement = parseDml(stream) ?? (token.lexeme === "create" ? parseCreate(stream) : undefined);
  switch (statement?.kind) {
    case "query":
    case "insert":
    case "update":
    case "delete":
    case "merge":
    case "create-table-as":
    case "create-materialized-view":
      return statement;
    default:
      throw stream.syntaxError(token);
  }
}
