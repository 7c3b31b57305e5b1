import type { SortKey } from "../../../sql/flink/relation.ts";
import type { Column } from "../batch.ts";
import { compareCells } from "../columns/index.ts";

/** ORDER BY as a comparison of rows. */
export class RowOrder {
  readonly #keys: readonly SortKey[];

  constructor(keys: readonly SortKey[]) {
    this.#keys = keys;
  }

  /** Below 0: the left row comes first. Rows that are equal by all keys are 0. */
  compare(left: readonly Column[], leftRow: number, right: readonly Column[], rightRow: number): number {
    for (const { column, descending, nullsFirst } of this.#keys) {
      const [one, two] = [left[column] as Column, right[column] as Column];
      // The cells' order is turned around as a whole, so that where NULLs go is turned around before.
      const order = compareCells(one, leftRow, two, rightRow, descending ? !nullsFirst : nullsFirst);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  }
}
