import type { KeyValue } from "../key-type.ts";
import type { PartitionKey } from "../partition-key.ts";

export type Operator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** A literal in the type of the key that it is compared with. */
export type Literal = Exclude<KeyValue, null>;

/** What partitions must be like: the syntax tree of GetPartitions' `Expression`. */
export type Filter =
  | {
      readonly kind: "compare";
      readonly key: PartitionKey;
      readonly operator: Operator;
      readonly value: Literal;
    }
  | {
      readonly kind: "between";
      readonly key: PartitionKey;
      readonly low: Literal;
      readonly high: Literal;
      readonly negated: boolean;
    }
  | {
      readonly kind: "in";
      readonly key: PartitionKey;
      readonly values: readonly Literal[];
      readonly negated: boolean;
    }
  | {
      readonly kind: "like";
      readonly key: PartitionKey;
      readonly pattern: string;
      readonly negated: boolean;
    }
  | { readonly kind: "null"; readonly key: PartitionKey; readonly negated: boolean }
  | { readonly kind: "and" | "or"; readonly operands: readonly Filter[] }
  | { readonly kind: "not"; readonly operand: Filter };

/** Hive's name for the partition of rows that have no value for its key. */
export const hiveNull = "__HIVE_DEFAULT_PARTITION__";

/** The keys that a filter names. */
export function keysIn(filter: Filter): readonly PartitionKey[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.operands.flatMap(keysIn);
    case "not":
      return keysIn(filter.operand);
    default:
      return [filter.key];
  }
}
