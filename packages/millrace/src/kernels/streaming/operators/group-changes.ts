import { type Batch, type Column, type Lane, RowKind } from "../batch.ts";
import { cellsEqual, concat, gatherColumn } from "../columns/index.ts";
import type { Output } from "../operator.ts";

/** What became of one group in a round: `none` was not there before and is not now. */
export const GroupFate = { none: 0, created: 1, kept: 2, deleted: 3 } as const;
export type GroupFate = (typeof GroupFate)[keyof typeof GroupFate];

/** How changes are said. */
export interface ChangeStyle {
  readonly emitsUpdateBefore: boolean;
  /** An update is said although nothing has changed: state further down is kept alive by it. */
  readonly emitsUnchanged: boolean;
}

/**
 * The changelog of groups whose results changed: for each, in the order given, nothing, +I, -D, or -U and +U.
 * @param fates a GroupFate for each
 * @param before,after one row for each group, without the keys
 */
export function emitChanges(
  fates: Uint8Array,
  keys: readonly Column[],
  before: readonly Column[],
  after: readonly Column[],
  lanes: readonly Lane[],
  style: ChangeStyle,
  output: Output,
): void {
  const count = fates.length;
  const rows = new Int32Array(count * 2);
  const kinds = new Uint8Array(count * 2);
  let emitted = 0;
  const emit = (row: number, kind: RowKind): void => {
    rows[emitted] = row;
    kinds[emitted] = kind;
    emitted += 1;
  };
  // Rows from `count` on are those of `after`.
  for (let at = 0; at < count; at += 1) {
    const fate = fates[at];
    if (fate === GroupFate.created) emit(count + at, RowKind.insert);
    else if (fate === GroupFate.deleted) emit(at, RowKind.delete);
    else if (fate === GroupFate.kept && (style.emitsUnchanged || !isSame(before, after, at))) {
      if (style.emitsUpdateBefore) emit(at, RowKind.updateBefore);
      emit(count + at, RowKind.updateAfter);
    }
  }
  if (emitted === 0) return;
  const both: Batch = concat(
    [
      { rowCount: count, columns: before, kinds: undefined },
      { rowCount: count, columns: after, kinds: undefined },
    ],
    lanes,
  );
  const groups = rows.map((row) => (row >= count ? row - count : row));
  output.push({
    rowCount: emitted,
    columns: [
      ...keys.map((key) => gatherColumn(key, groups, emitted)),
      ...both.columns.map((column) => gatherColumn(column, rows, emitted)),
    ],
    kinds: kinds.subarray(0, emitted).some((kind) => kind !== RowKind.insert)
      ? kinds.slice(0, emitted)
      : undefined,
  });
}

function isSame(before: readonly Column[], after: readonly Column[], row: number): boolean {
  for (let at = 0; at < before.length; at += 1) {
    if (!cellsEqual(before[at] as Column, row, after[at] as Column, row)) return false;
  }
  return true;
}
