import type { Call, Expression, Query, SortItem, Window } from "../ast/tree.ts";
import type { TokenStream } from "./token-stream.ts";

/** How tightly operators bind, from the loosest, as in Calcite. */
export const BINDING = {
  or: 1,
  and: 2,
  not: 3,
  /** IS NULL and the like, behind their operand. */
  is: 4,
  /** `=`, `<`, IS DISTINCT FROM, OVERLAPS, MEMBER OF; to the left. */
  comparison: 5,
  /** BETWEEN, IN, LIKE, SIMILAR TO. */
  predicate: 6,
  /** MULTISET UNION and its kind. */
  multiset: 7,
  sum: 8,
  /** `*`, `/`, `%`, `||`. */
  product: 9,
  sign: 10,
} as const;

/** The parsers that need each other, for the files that hold their parts. */
export interface Grammar {
  readonly stream: TokenStream;
  expression(): Expression;
  /** An expression of operators that bind at least as tightly as `binding`, without AND and OR. */
  operators(binding: number): Expression;
  /** What an opening bracket, which is read already, begins: an expression, a row or a query, and the closing one. */
  bracketed(start: number): Expression;
  /** What stands between operators. */
  primary(): Expression;
  /** A function's call with its name. */
  call(): Call;
  /** What stands in the brackets behind OVER, or the name of a window. */
  window(): Window;
  sortItem(): SortItem;
  sortItems(): SortItem[];
  query(): Query;
  /** Goes on with a query behind its first part, which was in brackets and began at `start`. */
  queryAfter(first: Query, start: number): Query;
}

/** Whether a query follows; an opening bracket may begin one, too. */
export const atQuery = ({ current }: TokenStream): boolean =>
  current.lexeme === "select" || current.lexeme === "with" || current.lexeme === "values";

/** Whether what follows makes a query of a query in brackets before it. */
export function atQueryTail({ current }: TokenStream): boolean {
  switch (current.lexeme) {
    case "union":
    case "intersect":
    case "except":
    case "minus":
    case "order":
    case "limit":
    case "offset":
    case "fetch":
      return true;
    default:
      return false;
  }
}
