import { expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { Batch, Column, Lane } from "../batch.ts";
import { keyGroupCount } from "../operator.ts";
import {
  BatchBuilder,
  ColumnBuilder,
  compareCells,
  compareValues,
  concat,
  copyBatch,
  emptyBatch,
  gather,
  gatherColumnOrNull,
  hashRow,
  hashRows,
  hashValue,
  keyGroupOf,
  keyGroupsOf,
  keysEqual,
  partition,
  readRow,
  slice,
  subtaskOfKeyGroup,
  transferables,
  valuesEqual,
} from "./index.ts";

const lanes: readonly Lane[] = ["u8", "i32", "f64", "i64", "object"];
const rows: readonly (readonly Value[])[] = [
  [true, 1, 1.5, 1n, "a"],
  [false, -1, Number.NaN, -(2n ** 63n), ""],
  [null, null, null, null, null],
  [true, 0, -0, 0n, "\u{1f600}"],
];

function batchOf(values: readonly (readonly Value[])[], kinds: readonly (0 | 1 | 2 | 3)[] = []): Batch {
  const builder = new BatchBuilder(lanes);
  values.forEach((row, at) => {
    builder.appendValues(row, kinds[at] ?? 0);
  });
  return builder.take() ?? emptyBatch(lanes);
}

function rowsOf(batch: Batch): Value[][] {
  return Array.from({ length: batch.rowCount }, (_, row) => readRow(batch, row));
}

it("builds, gathers, slices and joins batches", () => {
  const batch = batchOf(rows, [0, 1, 2, 3]);
  expect(rowsOf(batch)).toEqual(rows);
  const picked = gather(batch, Int32Array.of(3, 2, 3, 9), 3);
  expect(rowsOf(picked)).toEqual([rows[3], rows[2], rows[3]]);
  expect([...(picked.kinds ?? [])]).toEqual([3, 2, 3]);
  expect(gather(batch, Int32Array.of(0, 1), 2).columns.every((column) => column.nulls === undefined)).toBe(
    true,
  );
  expect(rowsOf(slice(batch, 1, 3))).toEqual(rows.slice(1, 3));
  const joined = concat([slice(batch, 0, 1), emptyBatch(lanes), slice(batch, 1, 4)], lanes);
  expect(rowsOf(joined)).toEqual(rows);
  expect([...(joined.kinds ?? [])]).toEqual([0, 1, 2, 3]);
  expect(concat([], lanes).rowCount).toBe(0);
});

it("grows builders, and leaves what was handed out alone", () => {
  const builder = new BatchBuilder(["i32", "object"]);
  const wanted: Value[][] = [];
  for (let index = 0; index < 1000; index += 1) {
    const row = [index % 7 === 0 ? null : index, `${index}`];
    wanted.push(row);
    builder.appendValues(row, 0);
  }
  const first = builder.take() as Batch;
  builder.appendValues([5, "x"], 2);
  const second = builder.take() as Batch;
  expect(rowsOf(first)).toEqual(wanted);
  expect(first.kinds).toBeUndefined();
  expect(rowsOf(second)).toEqual([[5, "x"]]);
  expect([...(second.kinds ?? [])]).toEqual([2]);
  expect(builder.take()).toBeUndefined();
});

it("takes rows of other batches side by side, with NULLs for what is missing", () => {
  const left = batchOf(rows);
  const builder = new BatchBuilder([...lanes, ...lanes]);
  builder.appendColumns(left.columns, 0, 0);
  builder.appendNulls(lanes.length, lanes.length);
  builder.endRow(0);
  const [row] = rowsOf(builder.take() as Batch);
  expect(row).toEqual([...(rows[0] ?? []), ...lanes.map(() => null)]);
  const column = gatherColumnOrNull(left.columns[4] as Column, Int32Array.of(0, -1, 2), 3);
  expect([column.values[0], ...(column.nulls ?? [])]).toEqual(["a", 0, 1, 1]);
});

it("hashes equal keys alike, in either mode of integers", () => {
  const doubles: readonly number[] = [
    0,
    -0,
    1,
    -1,
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
    4_294_967_295,
  ];
  const whole = doubles.map((value) => BigInt(value));
  const out = [new Int32Array(doubles.length), new Int32Array(doubles.length)] as const;
  hashRows([{ values: Float64Array.from(doubles), nulls: undefined }], [0], doubles.length, out[0]);
  hashRows([{ values: BigInt64Array.from(whole), nulls: undefined }], [0], doubles.length, out[1]);
  expect([...out[0]]).toEqual([...out[1]]);
  expect(out[0][0]).toBe(out[0][1]);
  expect(hashValue(5)).toBe(hashValue(5n));
  expect(hashValue([1, "a", null])).toBe(hashValue([1n, "a", null]));
  expect(
    hashValue(
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
    ),
  ).toBe(
    hashValue(
      new Map([
        ["b", 2n],
        ["a", 1n],
      ]),
    ),
  );
  expect(hashValue(new Uint8Array([1, 2]))).toBe(hashValue(Buffer.from([1, 2])));
  expect(hashValue(10n ** 30n)).not.toBe(hashValue(10n ** 30n + 2n ** 64n));
});

it("hashes rows one by one as it hashes them together, and NULL as a value of its own", () => {
  const batch = batchOf(rows);
  const keys = [0, 1, 2, 3, 4];
  const out = new Int32Array(batch.rowCount);
  hashRows(batch.columns, keys, batch.rowCount, out);
  expect(Array.from(out)).toEqual(rows.map((_, row) => hashRow(batch.columns, keys, row)));
  const withoutNulls = slice(batch, 0, 1);
  const alone = new Int32Array(1);
  hashRows(gather(withoutNulls, Int32Array.of(0), 1).columns, keys, 1, alone);
  expect(alone[0]).toBe(out[0]);
  expect(hashRow(batch.columns, [1], 2)).not.toBe(hashRow(batch.columns, [1], 3));
});

it("spreads keys over key groups, and key groups over subtasks", () => {
  const counts = new Array<number>(keyGroupCount).fill(0);
  const values = Float64Array.from({ length: 100_000 }, (_, index) => index);
  const out = new Int32Array(values.length);
  hashRows([{ values, nulls: undefined }], [0], values.length, out);
  for (const hash of out) counts[keyGroupOf(hash)] = (counts[keyGroupOf(hash)] ?? 0) + 1;
  expect(Math.min(...counts)).toBeGreaterThan(600);
  expect(Math.max(...counts)).toBeLessThan(960);
  for (const subtasks of [1, 2, 3, 4, 7, 128]) {
    for (let subtask = 0; subtask < subtasks; subtask += 1) {
      const { from, to } = keyGroupsOf(subtask, subtasks);
      for (let group = from; group < to; group += 1) expect(subtaskOfKeyGroup(group, subtasks)).toBe(subtask);
    }
    expect(keyGroupsOf(subtasks - 1, subtasks).to).toBe(keyGroupCount);
  }
});

it("deals rows to subtasks in their order, into memory of their own", () => {
  const batch = batchOf(
    Array.from({ length: 200 }, (_, index) => [true, index % 20, index, BigInt(index), `k${index}`]),
  );
  const hashes = new Int32Array(batch.rowCount);
  hashRows(batch.columns, [1], batch.rowCount, hashes);
  const parts = partition(batch, hashes, 4);
  const seen = parts.flatMap((part, subtask) => {
    if (part === undefined) return [];
    const orders = rowsOf(part).map((row) => row[2] as number);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    for (const order of orders) {
      expect(subtaskOfKeyGroup(keyGroupOf(hashes[order] as number), 4)).toBe(subtask);
    }
    return orders;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  const copy = copyBatch(slice(batch, 10, 20));
  const moved = structuredClone(copy, { transfer: transferables(copy) });
  expect(rowsOf(moved)).toEqual(rowsOf(slice(batch, 10, 20)));
  expect(batch.columns[1]?.values.length).toBe(200);
});

it("compares keys, NULL like NULL", () => {
  const batch = batchOf(rows);
  const keys = [0, 1, 2, 3, 4];
  rows.forEach((_, left) => {
    rows.forEach((__, right) => {
      expect(keysEqual(batch.columns, keys, left, batch.columns, keys, right)).toBe(left === right);
    });
  });
  expect(valuesEqual([1, [null, "a"]], [1n, [null, "a"]])).toBe(true);
  expect(valuesEqual(new Map([["a", 1]]), new Map([["a", 2]]))).toBe(false);
  expect(valuesEqual(new Uint8Array([1]), new Uint8Array([1, 2]))).toBe(false);
  expect(valuesEqual("1", 1n)).toBe(false);
  expect(valuesEqual(0, -0)).toBe(true);
});

it("orders texts by code points, bytes unsigned, NaN last, NULL where asked", () => {
  const texts = ["", "a", "ab", "b", "\uffff", "\u{10000}", "\u{1f600}"];
  expect([...texts].reverse().sort(compareValues)).toEqual(texts);
  const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(byBytes).toEqual(texts);
  expect([Number.NaN, 1, -1, Number.POSITIVE_INFINITY].sort(compareValues)).toEqual([
    -1,
    1,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
  expect(compareValues(new Uint8Array([200]), new Uint8Array([100, 1]))).toBeGreaterThan(0);
  expect(compareValues([null, 1], [0, 0])).toBeLessThan(0);
  const column: Column = { values: Int32Array.of(5, 0), nulls: Uint8Array.of(0, 1) };
  expect(compareCells(column, 1, column, 0, true)).toBe(-1);
  expect(compareCells(column, 1, column, 0, false)).toBe(1);
  expect(compareCells(column, 1, column, 1, false)).toBe(0);
});

it("builds columns of single values", () => {
  const builder = new ColumnBuilder("f64", 1);
  builder.append(1);
  builder.appendNull();
  builder.appendFrom({ values: Float64Array.of(7), nulls: undefined }, 0);
  const column = builder.finish();
  expect([...(column.values as Float64Array), ...(column.nulls ?? [])]).toEqual([1, 0, 7, 0, 1, 0]);
  expect(builder.length).toBe(0);
});
