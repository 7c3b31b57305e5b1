import type { Batch } from "../batch.ts";
import { gather } from "./gather.ts";
import { keyGroupOf, subtaskOfKeyGroup } from "./hash.ts";

/**
 * The rows of each subtask, in their order; undefined where there are none. All memory is new, so that the
 * batches may be transferred to other threads.
 */
export function partition(
  batch: Batch,
  hashes: Int32Array,
  subtasks: number,
): readonly (Batch | undefined)[] {
  const counts = new Int32Array(subtasks);
  const owners = new Uint16Array(batch.rowCount);
  for (let row = 0; row < batch.rowCount; row += 1) {
    const owner = subtaskOfKeyGroup(keyGroupOf(hashes[row] as number), subtasks);
    owners[row] = owner;
    counts[owner] = (counts[owner] as number) + 1;
  }
  const selections = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let row = 0; row < batch.rowCount; row += 1) {
    const owner = owners[row] as number;
    const at = counts[owner] as number;
    (selections[owner] as Int32Array)[at] = row;
    counts[owner] = at + 1;
  }
  return selections.map((selection) =>
    selection.length === 0 ? undefined : gather(batch, selection, selection.length),
  );
}

/** A batch whose memory nobody else uses. */
export function copyBatch(batch: Batch): Batch {
  return {
    rowCount: batch.rowCount,
    columns: batch.columns.map((column) => ({
      values: column.values.slice(0, batch.rowCount),
      nulls: column.nulls?.slice(0, batch.rowCount),
    })),
    kinds: batch.kinds?.slice(0, batch.rowCount),
  };
}

/**
 * What to transfer when a batch goes to another thread: only for batches of `partition` and `copyBatch`, since
 * whoever shared their memory would lose it. Columns of objects are cloned.
 */
export function transferables(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const column of batch.columns) {
    if (ArrayBuffer.isView(column.values)) buffers.add(column.values.buffer as ArrayBuffer);
    if (column.nulls !== undefined) buffers.add(column.nulls.buffer as ArrayBuffer);
  }
  if (batch.kinds !== undefined) buffers.add(batch.kinds.buffer as ArrayBuffer);
  return [...buffers];
}
