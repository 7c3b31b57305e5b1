import type { AttributeValue, TypeName } from "../values/attribute-value.ts";
import type { Path } from "./path.ts";

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** Something with a value: what lies at a path, a given value, or the size of either. */
export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "size"; readonly of: Operand };

/** A condition with its names and values in place, from an expression or from legacy parameters. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly terms: readonly Condition[] }
  | { readonly kind: "not"; readonly term: Condition }
  | {
      readonly kind: "compare";
      readonly comparator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "between"; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: "in"; readonly operand: Operand; readonly list: readonly Operand[] }
  | { readonly kind: "exists" | "not exists"; readonly path: Path }
  | { readonly kind: "type"; readonly operand: Operand; readonly type: TypeName }
  | { readonly kind: "begins with" | "contains"; readonly operand: Operand; readonly part: Operand };
