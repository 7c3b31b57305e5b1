import { describe, expect, it } from "vitest";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { seeded } from "../operators/test-operators.ts";
import { RowStore, SlotIntegers, TimerHeap } from "./index.ts";

const double: FlinkType = { kind: "double", nullable: true };
const string: FlinkType = { kind: "varchar", length: 10, nullable: true };

describe("rows by number", () => {
  const columns = [
    { values: Float64Array.of(1, 2, 3), nulls: Uint8Array.of(0, 1, 0) },
    { values: ["a", "b", undefined], nulls: Uint8Array.of(0, 0, 1) },
  ];

  it("are compared, gathered, overwritten and freed", () => {
    const store = new RowStore([double, string], "double");
    const numbers = [0, 1, 2].map((row) => store.append(columns, row));
    expect(numbers).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((row) => store.equals(row, columns, row))).toEqual([true, true, true]);
    expect(store.equals(0, columns, 1)).toBe(false);
    store.set(0, columns, 2);
    expect(store.equals(0, columns, 2)).toBe(true);
    const [first, second] = store.gather(Int32Array.of(1, 0), 2);
    expect([first?.nulls, first?.values[1], second?.values[0]]).toEqual([Uint8Array.of(1, 0), 3, "b"]);
    store.free(1);
    expect([store.size, store.isLive(1), store.append(columns, 0)]).toEqual([2, false, 1]);
    expect(() => store.free(7)).toThrow(RangeError);
  });

  it("are taken over in part, with what lies beside them", () => {
    const store = new RowStore([double, string], "double");
    const links = new SlotIntegers(-1);
    store.attach(links);
    for (const row of [0, 1, 2, 0]) store.append(columns, row);
    store.free(1);
    links.values[3] = 2;
    const part = {
      name: "r",
      rowCount: store.slotCount,
      columns: [...store.snapshot(), links.snapshot("link", 4)],
    };
    const copy = new RowStore([double, string], "double");
    const copied = new SlotIntegers(-1);
    copy.attach(copied);
    const [mapping = new Int32Array(0)] = copy.restore([part], () => (row) => row >= 2);
    const saved = part.columns.at(-1);
    if (saved !== undefined) copied.restoreLinks(saved, mapping, mapping);
    expect([...mapping]).toEqual([-1, -1, 0, 1]);
    expect([copy.size, copied.values[1], copy.equals(1, columns, 0)]).toEqual([2, 0, true]);
  });
});

describe("timers", () => {
  it("come by time, then by number", () => {
    const random = seeded(5);
    const heap = new TimerHeap();
    const timers = Array.from({ length: 500 }, (_, number) => ({ time: Math.floor(random() * 50), number }));
    for (const { time, number } of timers) heap.add(time, number);
    const sorted = timers.toSorted((a, b) => a.time - b.time || a.number - b.number);
    for (const { time, number } of sorted) {
      expect([heap.firstMs, heap.take()]).toEqual([time, number]);
    }
    expect([heap.size, heap.firstMs]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(() => heap.take()).toThrow(RangeError);
  });
});
