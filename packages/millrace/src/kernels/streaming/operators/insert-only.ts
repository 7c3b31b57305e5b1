import { assert } from "../../../core/assert.ts";
import { type Batch, RowKind } from "../batch.ts";

/** The planner lets only inserts come here: anything else would be counted as one. */
export function assertInserts({ kinds, rowCount }: Batch, name: string): void {
  if (kinds === undefined) return;
  for (let row = 0; row < rowCount; row += 1) {
    assert(kinds[row] === RowKind.insert, `${name} takes inserts only`);
  }
}
