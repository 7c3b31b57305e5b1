import type { Batch, Column, ColumnValues, Lane } from "../batch.ts";
import { allocateValues, laneOfValues } from "./column-values.ts";

/** Rows of a batch by number, in the order of `selection[0]` to below `selection[count]`; copies. */
export function gather(batch: Batch, selection: Int32Array, count: number): Batch {
  return {
    rowCount: count,
    columns: batch.columns.map((column) => gatherColumn(column, selection, count)),
    kinds: batch.kinds === undefined ? undefined : gatherBytes(batch.kinds, selection, count),
  };
}

export function gatherColumn(column: Column, selection: Int32Array, count: number): Column {
  return {
    values: gatherValues(column.values, selection, count),
    nulls: column.nulls === undefined ? undefined : gatherNulls(column.nulls, selection, count),
  };
}

/** As `gatherColumn`; rows numbered -1 are NULL, as outer joins want them. */
export function gatherColumnOrNull(column: Column, selection: Int32Array, count: number): Column {
  const lane = laneOfValues(column.values);
  const values = allocateValues(lane, count);
  const nulls = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = selection[at] as number;
    if (row < 0 || (column.nulls !== undefined && column.nulls[row] === 1)) {
      nulls[at] = 1;
      if (lane === "object") values[at] = null as never;
    } else values[at] = column.values[row] as never;
  }
  return { values, nulls };
}

function gatherBytes(values: Uint8Array, selection: Int32Array, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) out[at] = values[selection[at] as number] as number;
  return out;
}

/** One function a lane, so that each sees one kind of array only. */
function gatherValues(values: ColumnValues, selection: Int32Array, count: number): ColumnValues {
  if (values instanceof Float64Array) return gatherDoubles(values, selection, count);
  if (values instanceof Int32Array) return gatherIntegers(values, selection, count);
  if (values instanceof BigInt64Array) return gatherLongs(values, selection, count);
  if (values instanceof Uint8Array) return gatherBytes(values, selection, count);
  return gatherObjects(values, selection, count);
}

function gatherDoubles(values: Float64Array, selection: Int32Array, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let at = 0; at < count; at += 1) out[at] = values[selection[at] as number] as number;
  return out;
}

function gatherIntegers(values: Int32Array, selection: Int32Array, count: number): Int32Array {
  const out = new Int32Array(count);
  for (let at = 0; at < count; at += 1) out[at] = values[selection[at] as number] as number;
  return out;
}

function gatherLongs(values: BigInt64Array, selection: Int32Array, count: number): BigInt64Array {
  const out = new BigInt64Array(count);
  for (let at = 0; at < count; at += 1) out[at] = values[selection[at] as number] as bigint;
  return out;
}

function gatherObjects(values: readonly unknown[], selection: Int32Array, count: number): unknown[] {
  const out = new Array<unknown>(count);
  for (let at = 0; at < count; at += 1) out[at] = values[selection[at] as number];
  return out;
}

/** Undefined when none of the rows is NULL. */
function gatherNulls(nulls: Uint8Array, selection: Int32Array, count: number): Uint8Array | undefined {
  const out = new Uint8Array(count);
  let any = 0;
  for (let at = 0; at < count; at += 1) {
    const isNull = nulls[selection[at] as number] as number;
    out[at] = isNull;
    any |= isNull;
  }
  return any === 0 ? undefined : out;
}

/** Rows `from` to below `to`; numbers are views of the same memory. */
export function slice(batch: Batch, from: number, to: number): Batch {
  if (from === 0 && to === batch.rowCount) return batch;
  return {
    rowCount: to - from,
    columns: batch.columns.map((column) => sliceColumn(column, from, to)),
    kinds: batch.kinds?.subarray(from, to),
  };
}

function sliceColumn(column: Column, from: number, to: number): Column {
  const values = column.values;
  return {
    values: Array.isArray(values) ? values.slice(from, to) : (values as Float64Array).subarray(from, to),
    nulls: column.nulls?.subarray(from, to),
  };
}

/** All rows one after another; the batches have the same lanes. `lanes` says what comes out of none. */
export function concat(batches: readonly Batch[], lanes: readonly Lane[]): Batch {
  const first = batches[0];
  if (first !== undefined && batches.length === 1) return first;
  const rowCount = batches.reduce((sum, batch) => sum + batch.rowCount, 0);
  const hasKinds = batches.some((batch) => batch.kinds !== undefined);
  const kinds = hasKinds ? new Uint8Array(rowCount) : undefined;
  let at = 0;
  for (const batch of batches) {
    if (kinds !== undefined && batch.kinds !== undefined) kinds.set(view(batch.kinds, batch.rowCount), at);
    at += batch.rowCount;
  }
  const columns = lanes.map((lane, index) => concatColumn(batches, index, lane, rowCount));
  return { rowCount, columns, kinds };
}

function concatColumn(batches: readonly Batch[], index: number, lane: Lane, rowCount: number): Column {
  const values = allocateValues(lane, rowCount);
  let nulls: Uint8Array | undefined;
  let at = 0;
  for (const batch of batches) {
    const column = batch.columns[index] as Column;
    if (Array.isArray(values)) {
      const from = column.values as readonly unknown[];
      for (let row = 0; row < batch.rowCount; row += 1) values[at + row] = from[row];
    } else (values as Float64Array).set((column.values as Float64Array).subarray(0, batch.rowCount), at);
    if (column.nulls !== undefined) {
      nulls ??= new Uint8Array(rowCount);
      nulls.set(view(column.nulls, batch.rowCount), at);
    }
    at += batch.rowCount;
  }
  return { values, nulls };
}

function view(bytes: Uint8Array, count: number): Uint8Array {
  return bytes.length === count ? bytes : bytes.subarray(0, count);
}
