import type { Expression } from "../ast/tree.ts";
import { atQuery, type Grammar } from "./grammar.ts";

// ROW ( expression, ... )
export function parseRow(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const height = stream.enter();
  stream.expect("row", "(");
  const items = stream.at(")") ? [] : stream.list(() => grammar.expression());
  stream.expect(")");
  stream.leave(height);
  return { kind: "row", items, span: stream.spanFrom(start) };
}

/** A constructor of ARRAY, MULTISET or MAP; undefined for a column or a function called `map`. */
export function parseCollectionForm(
  grammar: Grammar,
  collection: "array" | "multiset" | "map",
  start: number,
): Expression | undefined {
  const { stream } = grammar;
  if (stream.peek(1).lexeme === "[") {
    return collection === "map" ? parseMap(grammar, start) : parseItems(grammar, collection, start);
  }
  const query = stream.peek(2).lexeme;
  if (stream.peek(1).lexeme !== "(" || !(query === "select" || query === "with" || query === "values")) {
    return undefined;
  }
  stream.next();
  return stream.nested(() => {
    stream.expect("(");
    if (!atQuery(stream)) {
      throw stream.syntaxError("a query");
    }
    const inner = grammar.query();
    stream.expect(")");
    return { kind: "collection-query", collection, query: inner, span: stream.spanFrom(start) };
  });
}

function parseItems(grammar: Grammar, collection: "array" | "multiset", start: number): Expression {
  const { stream } = grammar;
  const height = stream.enter();
  stream.expect(collection, "[");
  const items = stream.at("]") ? [] : stream.list(() => grammar.expression());
  stream.expect("]");
  stream.leave(height);
  return { kind: "collection", collection, items, span: stream.spanFrom(start) };
}

// MAP [ key, value, ... ]
function parseMap(grammar: Grammar, start: number): Expression {
  const { stream } = grammar;
  const height = stream.enter();
  stream.expect("map", "[");
  const entries: { key: Expression; value: Expression }[] = [];
  while (!stream.at("]")) {
    const key = grammar.expression();
    stream.expect(",");
    entries.push({ key, value: grammar.expression() });
    if (!stream.accept(",")) {
      break;
    }
  }
  stream.expect("]");
  stream.leave(height);
  return { kind: "map", entries, span: stream.spanFrom(start) };
}
