import type { Span } from "../../position.ts";
import type { DataType } from "./data-type.ts";

/** JSON_VALUE and its kind, whose clauses are no arguments; over the type of expressions. */
export interface JsonCallOf<E> {
  readonly span: Span;
  readonly kind: "json-call";
  readonly function:
    | "json_value"
    | "json_query"
    | "json_exists"
    | "json_object"
    | "json_array"
    | "json_objectagg"
    | "json_arrayagg";
  /** The document and the path, or the elements of an array. */
  readonly arguments: readonly E[];
  /** Of an object. */
  readonly entries: readonly { readonly key: E; readonly value: E }[];
  readonly returning: DataType | undefined;
  readonly wrapper: "without" | "conditional" | "unconditional" | undefined;
  readonly onEmpty: JsonBehaviorOf<E> | undefined;
  readonly onError: JsonBehaviorOf<E> | undefined;
  readonly onNull: "null" | "absent" | undefined;
  readonly filter: E | undefined;
}

export type JsonBehaviorOf<E> =
  | {
      readonly kind: "null" | "error" | "empty array" | "empty object" | "true" | "false" | "unknown";
    }
  | { readonly kind: "default"; readonly value: E };
