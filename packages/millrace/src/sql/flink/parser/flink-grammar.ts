import type { Call, Expression, Query, SortItem, Window } from "../ast/tree.ts";
import { parseCall } from "./expression-call.ts";
import { parseDisjunction, parseOperators } from "./expression-operators.ts";
import { parseBracketed, parsePrimary } from "./expression-primary.ts";
import { parseSortItem, parseSortItems, parseWindow } from "./expression-window.ts";
import type { Grammar } from "./grammar.ts";
import { parseQueryAfter, parseWholeQuery } from "./query-body.ts";
import type { TokenStream } from "./token-stream.ts";

/** Ties the parsers of expressions and queries together, which need each other. */
export class FlinkGrammar implements Grammar {
  readonly stream: TokenStream;

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  expression(): Expression {
    return parseDisjunction(this);
  }

  operators(binding: number): Expression {
    return parseOperators(this, binding);
  }

  bracketed(start: number): Expression {
    return parseBracketed(this, start);
  }

  primary(): Expression {
    return parsePrimary(this);
  }

  call(): Call {
    const { start } = this.stream.current;
    const parts = [this.stream.anyWord()];
    while (this.stream.accept(".")) {
      parts.push(this.stream.identifier());
    }
    return parseCall(this, parts, start);
  }

  window(): Window {
    return parseWindow(this);
  }

  sortItem(): SortItem {
    return parseSortItem(this);
  }

  sortItems(): SortItem[] {
    return parseSortItems(this);
  }

  query(): Query {
    return parseWholeQuery(this);
  }

  queryAfter(first: Query, start: number): Query {
    return parseQueryAfter(this, first, start);
  }
}
