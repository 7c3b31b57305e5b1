import { describe, expect, it } from "vitest";
import { seeded } from "../operators/test-operators.ts";
import { RankTrees } from "./index.ts";

/** Trees whose rows are compared by `values`. */
class Trees {
  readonly trees: RankTrees = new RankTrees();
  readonly values: number[] = [];

  constructor(capacity = 1024) {
    for (const state of [...this.trees.states, this.trees.root]) state.grow(capacity);
  }

  /** Behind all that are equal. */
  add(key: number, value: number, row: number): void {
    this.trees.insert(key, this.rankOf(key, value, true), row);
    this.values[row] = value;
  }

  rankOf(key: number, value: number, countsEqual: boolean): number {
    return this.trees.rankOf(key, (row) => value - (this.values[row] ?? 0), countsEqual);
  }

  list(key: number): readonly number[] {
    return Array.from({ length: this.trees.sizeOf(key) }, (_, place) => this.trees.at(key, place));
  }
}

describe("sorted rows of a key", () => {
  it("have places, ranks, and an end", () => {
    const trees = new Trees();
    expect([trees.trees.sizeOf(3), trees.trees.at(3, 0), trees.rankOf(3, 5, true)]).toEqual([0, -1, 0]);
    [5, 1, 3, 3].forEach((value, row) => {
      trees.add(3, value, row);
    });
    expect(trees.list(3)).toEqual([1, 2, 3, 0]);
    expect([trees.rankOf(3, 3, false), trees.rankOf(3, 3, true), trees.rankOf(3, 9, true)]).toEqual([
      1, 3, 4,
    ]);
    expect([trees.trees.at(3, 4), trees.trees.at(3, -1)]).toEqual([-1, -1]);
    expect(trees.list(4)).toEqual([]);
  });

  it("are taken out by place", () => {
    const trees = new Trees();
    [4, 2, 3].forEach((value, row) => {
      trees.add(0, value, row);
    });
    expect([trees.trees.remove(0, 1), trees.list(0)]).toEqual([2, [1, 0]]);
    expect([trees.trees.remove(0, 1), trees.trees.remove(0, 0), trees.list(0)]).toEqual([0, 1, []]);
  });

  it("stay shallow when they come in order", () => {
    const count = 20_000;
    const trees = new Trees(32_768);
    let longest = 0;
    for (let row = 0; row < count; row += 1) {
      let steps = 0;
      trees.trees.insert(0, trees.trees.sizeOf(0), row);
      trees.trees.rankOf(
        0,
        () => {
          steps += 1;
          return 1;
        },
        true,
      );
      longest = Math.max(longest, steps);
    }
    expect(longest).toBeLessThan(80);
    expect(trees.trees.at(0, count - 1)).toBe(count - 1);
  });

  it.each([1, 2, 3, 4, 5, 6])("are as sorted lists are, over snapshots, seed %i", (seed) => {
    const random = seeded(seed);
    let trees = new Trees();
    const lists: number[][] = [[], [], []];
    const free = Array.from({ length: 300 }, (_, row) => row);
    for (let step = 0; step < 600; step += 1) {
      const key = Math.floor(random() * 3);
      const list = lists[key] ?? [];
      if (list.length > 0 && (random() < 0.4 || free.length === 0)) {
        const place = Math.floor(random() * list.length);
        const [gone = -1] = list.splice(place, 1);
        expect(trees.trees.remove(key, place)).toBe(gone);
        free.push(gone);
      } else {
        const [row = -1] = free.splice(Math.floor(random() * free.length), 1);
        const value = Math.floor(random() * 10);
        trees.add(key, value, row);
        const place = list.findIndex((other) => (trees.values[other] ?? 0) > value);
        list.splice(place < 0 ? list.length : place, 0, row);
      }
      expect(trees.list(key)).toEqual(list);
      if (step % 100 !== 99) continue;
      // Rows and keys get other numbers, as they do when state is split.
      const [moveRow, moveKey] = [(row: number): number => row * 2 + 1, (at: number): number => 2 - at];
      const copy = new Trees();
      const rows = Int32Array.from({ length: 300 }, (_, row) => moveRow(row));
      const keys = Int32Array.from({ length: 3 }, (_, at) => moveKey(at));
      const saved = { name: "", rowCount: 300, columns: trees.trees.snapshotRows(300) };
      const roots = { name: "", rowCount: 3, columns: [trees.trees.root.snapshot("root", 3)] };
      copy.trees.restore({ keys: roots, rows: saved }, keys, rows);
      for (const [at, expected] of lists.entries())
        expect(copy.list(moveKey(at))).toEqual(expected.map(moveRow));
      const same = new Trees();
      const own = (count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => at);
      same.trees.restore({ keys: roots, rows: saved }, own(3), own(300));
      same.values.push(...trees.values);
      trees = same;
    }
  });
});
