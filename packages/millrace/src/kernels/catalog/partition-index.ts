import type { KeyValue } from "./key-type.ts";

export type IndexStatus = "CREATING" | "ACTIVE" | "DELETING" | "FAILED";

export interface PartitionIndexEntry {
  readonly id: number;
  readonly tableId: number;
  readonly name: string;
  /** Positions of its keys among the table's partition keys. */
  readonly keys: readonly number[];
  readonly status: IndexStatus;
}

/** The values that `partition_entries` has of each partition; keys after the fourth are left to the filter. */
export const entryColumns = 4;

const absent: Uint8Array = new Uint8Array(0);

/** A partition's columns in an index; x'' stands for NULL, which a primary key cannot hold, and for no key. */
export function entryValues(
  index: PartitionIndexEntry,
  values: readonly KeyValue[],
): readonly (string | bigint | Uint8Array)[] {
  return Array.from({ length: entryColumns }, (_, column) => {
    const position = index.keys[column];
    return (position === undefined ? null : values[position]) ?? absent;
  });
}

/** The column of `partition_entries` that has a key's values; undefined for a key that the index does not hold. */
export function entryColumn(index: PartitionIndexEntry, position: number): string | undefined {
  const column = index.keys.indexOf(position);
  return column < 0 || column >= entryColumns ? undefined : `a${column}`;
}
