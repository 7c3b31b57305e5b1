/** An expression of metric math, read. */
export type MathNode =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly MathNode[] }
  | { readonly kind: "negate"; readonly of: MathNode }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: MathNode;
      readonly right: MathNode;
    }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly MathNode[] };

export type BinaryOperator =
  | ("+" | "-" | "*" | "/" | "^")
  | ("==" | "!=" | "<" | "<=" | ">" | ">=")
  | ("AND" | "OR");
