import type { Call, Expression, Query, SortItem, Window, With } from "../ast/tree.ts";
import { parseCall } from "./expression-call.ts";
import { parseDisjunction, parseOperators } from "./expression-operators.ts";
import { parseBracketed, parsePrimary } from "./expression-primary.ts";
import { parseSortItems, parseWindow } from "./expression-window.ts";
import type { Grammar } from "./grammar.ts";
import { parseQueryAfter, parseQueryWith, parseWholeQuery } from "./query-body.ts";
import type { TokenStream } from "./token-stream.ts";

/** Ties the parsers of expressions and queries together, which need each other. */
export class RedshiftGrammar implements Grammar {
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
    return parseCall(this, this.stream.qualifiedName().parts, start);
  }

  window(): Window {
    return parseWindow(this);
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

  /** Goes on with a query behind its WITH, which began at `start`. */
  queryWith(common: With | undefined, start: number): Query {
    return parseQueryWith(this, common, start);
  }
}
