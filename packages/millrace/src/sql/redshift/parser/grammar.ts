import type { Call, Expression, Query, SortItem, Window } from "../ast/tree.ts";
import type { TokenStream } from "./token-stream.ts";

/** How tightly operators bind, from the loosest, as in PostgreSQL 8. */
export const BINDING = {
  or: 1,
  and: 2,
  not: 3,
  /** To the right. */
  equal: 4,
  /** `<`, `>`: not in a row. */
  less: 5,
  like: 6,
  overlaps: 7,
  between: 8,
  in: 9,
  /** `<=`, `>=`, `<>`. */
  notEqual: 10,
  is: 11,
  /** All other operators. */
  operator: 12,
  sum: 13,
  product: 14,
  power: 15,
  atTimeZone: 16,
  sign: 17,
} as const;

/** How tightly an operator of signs binds between two operands. */
export function operatorBinding(operator: string): number {
  switch (operator) {
    case "=":
      return BINDING.equal;
    case "<":
    case ">":
      return BINDING.less;
    case "<=":
    case ">=":
    case "<>":
    case "!=":
      return BINDING.notEqual;
    case "+":
    case "-":
      return BINDING.sum;
    case "*":
    case "/":
    case "%":
      return BINDING.product;
    case "^":
      return BINDING.power;
    default:
      return BINDING.operator;
  }
}

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
  call(): Call;
  window(): Window;
  sortItems(): SortItem[];
  query(): Query;
  /** Goes on with a query behind its first part, which was in brackets and began at `start`. */
  queryAfter(first: Query, start: number): Query;
}

/** Whether a query follows; an opening bracket may begin one, too. */
export const atQuery = (stream: TokenStream): boolean => stream.at("select") || stream.at("with");

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
      return true;
    default:
      return false;
  }
}
