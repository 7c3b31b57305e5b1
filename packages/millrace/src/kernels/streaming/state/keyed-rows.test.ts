import { describe, expect, it } from "vitest";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { hashRow, keyGroupOf, keyGroupsOf } from "../columns/index.ts";
import type { OperatorSnapshot } from "../operator.ts";
import { seeded } from "../operators/test-operators.ts";
import { KeyedRows, SlotIntegers } from "./index.ts";

const string: FlinkType = { kind: "varchar", length: 10, nullable: true };
const double: FlinkType = { kind: "double", nullable: true };

class Rows {
  readonly state: KeyedRows = new KeyedRows({ keys: [string], rows: [string, double] }, "double");
  readonly marks: SlotIntegers = new SlotIntegers();

  constructor() {
    this.state.attachToRows("marks", this.marks);
  }

  key(name: string): number {
    const columns = cells(name, 0);
    return this.state.keys.upsert(columns, [0], 0, hashRow(columns, [0], 0));
  }

  add(name: string, value: number): number {
    const row = this.state.append(this.key(name), cells(name, value), 0);
    this.marks.values[row] = value * 10;
    return row;
  }

  valueOf(row: number): number {
    return this.state.rows.columns[1]?.column().values[row] as number;
  }

  /** Values of a key, forwards; and backwards it is the same list. */
  list(name: string): readonly number[] {
    const columns = cells(name, 0);
    const key = this.state.keys.find(columns, [0], 0, hashRow(columns, [0], 0));
    if (key < 0) return [];
    const values: number[] = [];
    for (let row = this.state.first(key); row >= 0; row = this.state.next(row)) {
      expect(this.state.keyOf(row)).toBe(key);
      expect(this.marks.values[row]).toBe(this.valueOf(row) * 10);
      values.push(this.valueOf(row));
    }
    const back: number[] = [];
    for (let row = this.state.last(key); row >= 0; row = this.state.previous(row))
      back.push(this.valueOf(row));
    expect(back.reverse()).toEqual(values);
    expect(this.state.countOf(key)).toBe(values.length);
    return values;
  }

  saved(): OperatorSnapshot {
    return { version: 1, mode: "double", parts: this.state.snapshot("s") };
  }
}

const cells = (name: string, value: number): readonly Column[] => [
  { values: [name], nulls: undefined },
  { values: Float64Array.of(value), nulls: undefined },
];

describe("rows by key", () => {
  it("are listed in the order in which they were put", () => {
    const rows = new Rows();
    const [one, , three] = [1, 2, 3].map((value) => rows.add("a", value));
    rows.add("b", 9);
    const key = rows.key("a");
    rows.marks.values[rows.state.insertBehind(-1, key, cells("a", 0), 0)] = 0;
    rows.marks.values[rows.state.insertBehind(one ?? -1, key, cells("a", 7), 0)] = 70;
    rows.marks.values[rows.state.insertBehind(three ?? -1, key, cells("a", 4), 0)] = 40;
    expect([rows.list("a"), rows.list("b")]).toEqual([[0, 1, 7, 2, 3, 4], [9]]);
  });

  it("go from the front, the middle and the end, and with the last one their key", () => {
    const rows = new Rows();
    const numbers = [1, 2, 3, 4].map((value) => rows.add("a", value));
    for (const [at, left] of [
      [1, [1, 3, 4]],
      [0, [3, 4]],
      [3, [3]],
      [2, []],
    ] as const) {
      rows.state.remove(numbers[at] ?? -1);
      expect(rows.list("a")).toEqual(left);
    }
    expect([rows.state.keys.size, rows.state.rows.size]).toEqual([0, 0]);
    expect(() => rows.state.remove(0)).toThrow(RangeError);
  });

  it.each([1, 2, 3, 4, 5])(
    "are as lists are, also when they are saved, split and put together, seed %i",
    (seed) => {
      const random = seeded(seed);
      let shards = [new Rows()];
      const lists = new Map<string, number[]>();
      const names = Array.from({ length: 12 }, (_, index) => `key ${index}`);
      for (let step = 0; step < 400; step += 1) {
        const name = names[Math.floor(random() * names.length)] ?? "";
        const list = lists.get(name) ?? [];
        lists.set(name, list);
        const owner = shards.find((shard) => shard.list(name).length > 0) ?? shardOf(shards, name);
        if (list.length > 0 && random() < 0.45) {
          const at = Math.floor(random() * list.length);
          let row = owner.state.first(owner.key(name));
          for (let skip = 0; skip < at; skip += 1) row = owner.state.next(row);
          owner.state.remove(row);
          list.splice(at, 1);
        } else {
          owner.add(name, step);
          list.push(step);
        }
        if (step % 50 !== 49) continue;
        const saved = shards.map((shard) => shard.saved());
        const count = 1 + Math.floor(random() * 3);
        shards = Array.from({ length: count }, (_, subtask) => {
          const shard = new Rows();
          shard.state.restore("s", saved, keyGroupsOf(subtask, count));
          return shard;
        });
        for (const [key, expected] of lists) expect(shardOf(shards, key).list(key)).toEqual(expected);
      }
      expect(shards.reduce((sum, shard) => sum + shard.state.rows.size, 0)).toBe(
        [...lists.values()].flat().length,
      );
    },
  );

  it("are taken by their name alone", () => {
    const rows = new Rows();
    rows.add("a", 1);
    const other = new Rows();
    other.state.restore("t", [rows.saved()], { from: 0, to: 128 });
    expect(other.state.rows.size).toBe(0);
    expect(() =>
      new Rows().state.restore("s", [{ ...rows.saved(), version: 2 }], { from: 0, to: 128 }),
    ).toThrow(/layout 2/);
  });
});

/** The shard that has the key, or would get it. */
function shardOf(shards: readonly Rows[], name: string): Rows {
  const hash = hashRow(cells(name, 0), [0], 0);
  const found = shards.find((_, subtask) => {
    const { from, to } = keyGroupsOf(subtask, shards.length);
    const group = keyGroupOf(hash);
    return group >= from && group < to;
  });
  if (found === undefined) throw new Error("no shard has the key");
  return found;
}
