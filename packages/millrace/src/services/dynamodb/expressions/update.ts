import type { AttributeValue } from "../values/attribute-value.ts";
import type { Path } from "./path.ts";

/** What a SET gives an attribute; paths mean the item as it was before the update. */
export type UpdateValue =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "if not exists"; readonly path: Path; readonly otherwise: UpdateValue }
  | {
      readonly kind: "list append" | "plus" | "minus";
      readonly left: UpdateValue;
      readonly right: UpdateValue;
    };

/** One change of an update, from an expression or from legacy parameters. */
export type UpdateAction =
  | { readonly kind: "set"; readonly path: Path; readonly value: UpdateValue }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "add" | "delete"; readonly path: Path; readonly value: AttributeValue };

export type Update = readonly UpdateAction[];
