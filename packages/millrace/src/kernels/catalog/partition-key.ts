import type { TableDefinition } from "./definition.ts";
import { CatalogError } from "./errors.ts";
import { type KeyKind, type KeyValue, keyKindOf, keyValue } from "./key-type.ts";

/** One of the columns that a table's partitions differ by. */
export interface PartitionKey {
  readonly name: string;
  /** As the table has it: `decimal(10,2)`. */
  readonly type: string;
  /** Undefined where no filter may name the key. */
  readonly kind: KeyKind | undefined;
  /** Its place among the table's keys. */
  readonly position: number;
}

export function partitionKeysOf(table: TableDefinition): readonly PartitionKey[] {
  return (table.PartitionKeys ?? []).map(({ Name, Type = "string" }, position) => ({
    name: Name,
    type: Type,
    kind: keyKindOf(Type),
    position,
  }));
}

/** The columns k0 to k7 of `partition_keys`; values from the ninth key on share `more`. */
export const keyColumns = 8;

/** The SQL expression of a key's value in `partition_keys`, which goes by the alias `p`. */
export function keyExpression(key: PartitionKey): string {
  return key.position < keyColumns ? `p.k${key.position}` : `p.more ->> ${key.position - keyColumns}`;
}

/** A partition's values in the types of their keys. @throws CatalogError when there are too many or too few */
export function typedValues(keys: readonly PartitionKey[], values: readonly string[]): readonly KeyValue[] {
  if (keys.length !== values.length || keys.length === 0) {
    const message = "The number of partition keys do not match the number of partition values";
    throw new CatalogError("invalid", "partition", message);
  }
  return keys.map(({ kind, position }) => keyValue(kind, values[position] ?? ""));
}

/** What a partition is called within its table; different values always have different names. */
export const partitionName = (values: readonly string[]): string => JSON.stringify(values);

/** The values from the ninth on as JSON text; large integers stay exact. */
export function moreText(values: readonly KeyValue[]): string | null {
  if (values.length <= keyColumns) return null;
  const texts = values
    .slice(keyColumns)
    .map((value) => (typeof value === "bigint" ? value.toString() : JSON.stringify(value)));
  return `[${texts.join(",")}]`;
}

/** Segments of 1 to 10 are equal runs of buckets: 2520 is the least multiple of all of these. */
export const buckets = 2520;

/** FNV-1a over the name's UTF-16 units: it spreads well enough, and the same in every run. */
export function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % buckets;
}
