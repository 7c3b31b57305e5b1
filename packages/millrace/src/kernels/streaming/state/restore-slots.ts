import type { OperatorSnapshot, SnapshotColumn, SnapshotPart } from "../operator.ts";
import type { SlotAllocator } from "./slot-allocator.ts";

/** @throws Error for a snapshot without it: another version of the operator has written it */
export function columnOf(part: SnapshotPart, name: string): SnapshotColumn {
  const column = part.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`saved state "${part.name}" has no column "${name}"`);
  return column;
}

/**
 * @param version of the layout that the operator reads
 * @throws Error for a snapshot of another version, or one that lacks the part
 */
export function partOf(snapshot: OperatorSnapshot, name: string, version: number = 1): SnapshotPart {
  if (snapshot.version !== version) {
    throw new Error(`saved state has the layout ${snapshot.version}, and what is read here is ${version}`);
  }
  const part = snapshot.parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`saved state has no part "${name}"`);
  return part;
}

/**
 * Gives slots of an empty allocator to saved rows that `taken` chooses. When all that is taken is all that one
 * part holds, slots and the order of their reuse stay as they were.
 * @param taken makes the question for the rows of a part
 */
export function mapSlots(
  slots: SlotAllocator,
  parts: readonly SnapshotPart[],
  taken: (part: SnapshotPart, index: number) => (row: number) => boolean,
): readonly Int32Array[] {
  if (slots.slotCount !== 0) throw new Error("state is restored before the first round only");
  const mappings = parts.map((part, index) => chooseRows(part, taken(part, index)));
  const givers = mappings.filter((mapping) => mapping.count > 0);
  const only = givers.length === 1 ? givers[0] : undefined;
  if (only?.isWhole === true) {
    slots.adopt(only.rows.length, only.free);
    for (let row = 0; row < only.rows.length; row += 1) if (only.rows[row] === 0) only.rows[row] = row;
    return mappings.map((mapping) => mapping.rows);
  }
  for (const { rows } of mappings) {
    for (let row = 0; row < rows.length; row += 1) if (rows[row] === 0) rows[row] = slots.allocate();
  }
  return mappings.map((mapping) => mapping.rows);
}

interface ChosenRows {
  /** 0 for chosen rows, else -1. */
  readonly rows: Int32Array;
  readonly count: number;
  /** All rows in use were chosen. */
  readonly isWhole: boolean;
  readonly free: Int32Array | undefined;
}

function chooseRows(part: SnapshotPart, isTaken: (row: number) => boolean): ChosenRows {
  const free = part.columns.find((column) => column.name === "free")?.values as Int32Array | undefined;
  const rows = new Int32Array(part.rowCount).fill(-1);
  let count = 0;
  let isWhole = true;
  for (let row = 0; row < part.rowCount; row += 1) {
    if (free !== undefined && free[row] !== 0) continue;
    if (isTaken(row)) {
      rows[row] = 0;
      count += 1;
    } else isWhole = false;
  }
  return { rows, count, isWhole, free };
}
