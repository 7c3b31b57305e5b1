import { describe, expect, it } from "vitest";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import { NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import { hashRow, hashRows } from "../columns/index.ts";
import { seeded, textOf } from "../operators/test-operators.ts";
import { KeyTable, SlotDoubles } from "./index.ts";

const bigint: FlinkType = { kind: "bigint", nullable: true };
const string: FlinkType = { kind: "varchar", length: 10, nullable: true };
const row: FlinkType = { kind: "row", fields: [{ name: "a", type: bigint }], nullable: true };
const all = { from: 0, to: 128 };

function column(values: readonly unknown[], mode: IntegerMode): Column {
  const nulls = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  const numbers = values.map((value) => Number(value ?? 0));
  return {
    values: mode === "exact" ? BigInt64Array.from(numbers, BigInt) : Float64Array.from(numbers),
    nulls,
  };
}

describe.each<IntegerMode>(["double", "exact"])("a table of keys with integers %s", (mode) => {
  it.each([1, 2, 3])("agrees with a Map through growth, removal and restores, seed %i", (seed) => {
    const random = seeded(seed);
    let table = new KeyTable([bigint, string], mode);
    let counts = new SlotDoubles();
    table.attach(counts);
    const model = new Map<string, number>();
    for (let step = 0; step < 20_000; step += 1) {
      const number = random() < 0.05 ? null : Math.floor(random() * 400) - 100;
      const text = random() < 0.05 ? null : `k${Math.floor(random() * 5)}`;
      const columns = [
        column([number], mode),
        { values: [text], nulls: Uint8Array.of(text === null ? 1 : 0) },
      ];
      const hash = hashRow(columns, [0, 1], 0);
      const name = textOf([number, text]);
      if (random() < 0.45) {
        const slot = table.find(columns, [0, 1], 0, hash);
        expect(slot >= 0 ? counts.values[slot] : undefined).toBe(model.get(name));
        if (slot >= 0) table.remove(slot);
        model.delete(name);
      } else {
        const slot = table.upsert(columns, [0, 1], 0, hash);
        counts.values[slot] = (counts.values[slot] as number) + 1;
        model.set(name, (model.get(name) ?? 0) + 1);
      }
      expect(table.size).toBe(model.size);
      if (step % 4000 !== 3999) continue;
      const part = {
        name: "t",
        rowCount: table.slotCount,
        columns: [...table.snapshot(), counts.snapshot("n", table.slotCount)],
      };
      table = new KeyTable([bigint, string], mode);
      counts = new SlotDoubles();
      table.attach(counts);
      const [mapping] = table.restore([part], all);
      counts.restore(
        part.columns.at(-1) ?? { name: "", values: [], nulls: undefined },
        mapping ?? new Int32Array(0),
      );
    }
    const left = new Map<string, number>();
    for (let slot = 0; slot < table.slotCount; slot += 1) {
      if (!table.isLive(slot)) continue;
      const [numbers, texts] = table.gatherKeys(Int32Array.of(slot), 1);
      const value = (key: Column | undefined): unknown => (key?.nulls?.[0] === 1 ? null : key?.values[0]);
      left.set(textOf([value(numbers), value(texts)]), counts.values[slot] as number);
    }
    expect([...left].sort()).toEqual([...model].sort());
  });

  it("finds many rows at once, NULL and NaN among them", () => {
    const type: FlinkType = { kind: "double", nullable: true };
    const table = new KeyTable([type], mode);
    const values = Float64Array.of(1, Number.NaN, -0, 0, Number.NaN, 1, 7);
    const slots = new Int32Array(7);
    const hashes = new Int32Array(7);
    for (const nulls of [undefined, Uint8Array.of(0, 0, 0, 0, 0, 0, 1)]) {
      const columns = [{ values, nulls }];
      hashRows(columns, [0], 7, hashes);
      table.upsertRows(columns, [0], hashes, 7, slots);
      expect([...slots]).toEqual([0, 1, 2, 2, 1, 0, nulls === undefined ? 3 : 4]);
    }
    table.findRows([{ values: Float64Array.of(2), nulls: undefined }], [0], hashes, 1, slots);
    expect(slots[0]).toBe(-1);
    table.upsertRows([{ values, nulls: undefined }], [0], hashes, 2, slots, Int32Array.of(5, 2));
    expect([...slots.subarray(0, 2)]).toEqual([0, 2]);
  });
});

describe("a restored table", () => {
  function filled(
    mode: IntegerMode,
    keys: readonly unknown[],
    types: readonly FlinkType[] = [bigint],
  ): KeyTable {
    const table = new KeyTable(types, mode);
    const columns = types[0] === bigint ? [column(keys, mode)] : [{ values: keys, nulls: undefined }];
    keys.forEach((_, at) => {
      table.upsert(columns, [0], at, hashRow(columns, [0], at));
    });
    return table;
  }

  const part = (table: KeyTable): Parameters<KeyTable["restore"]>[0][number] => ({
    name: "t",
    rowCount: table.slotCount,
    columns: table.snapshot(),
  });

  it("gives out freed slots in the same order as before", () => {
    const table = filled("double", [0, 1, 2, 3, 4, 5]);
    for (const slot of [4, 1, 3]) table.remove(slot);
    const copy = new KeyTable([bigint], "double");
    copy.restore([part(table)], all);
    const more = [column([10, 11, 12, 13], "double")];
    for (const one of [table, copy]) {
      const slots = [0, 1, 2, 3].map((at) => one.upsert(more, [0], at, hashRow(more, [0], at)));
      expect(slots).toEqual([3, 1, 4, 6]);
    }
  });

  it("takes the keys of its key groups, of all that saved", () => {
    const one = filled(
      "double",
      Array.from({ length: 500 }, (_, at) => at),
    );
    const two = filled(
      "double",
      Array.from({ length: 500 }, (_, at) => at + 1000),
    );
    const halves = [
      { from: 0, to: 50 },
      { from: 50, to: 128 },
    ].map((groups) => {
      const table = new KeyTable([bigint], "double");
      const mappings = table.restore([part(one), part(two)], groups);
      expect(mappings.flatMap((mapping) => [...mapping]).filter((slot) => slot >= 0).length).toBe(table.size);
      return table;
    });
    expect(halves.reduce((sum, half) => sum + half.size, 0)).toBe(1000);
    expect(halves.every((half) => half.size > 100)).toBe(true);
  });

  it("goes over to the other kind of integers, within values too", () => {
    const table = filled("double", [1, null, -5]);
    const exact = new KeyTable([bigint], "exact");
    exact.restore([part(table)], all);
    const columns = [column([-5, null, 1], "exact")];
    expect([0, 1, 2].map((at) => exact.find(columns, [0], at, hashRow(columns, [0], at)))).toEqual([2, 1, 0]);
    const rows = filled("exact", [[3n], [null]], [row]);
    const double = new KeyTable([row], "double");
    double.restore([part(rows)], all);
    const wanted = [{ values: [[3]], nulls: undefined }];
    expect(double.find(wanted, [0], 0, hashRow(wanted, [0], 0))).toBe(0);
  });

  it("asks for exact integers when a saved one is no exact double", () => {
    const table = new KeyTable([bigint], "exact");
    const columns = [{ values: BigInt64Array.of(2n ** 60n + 1n), nulls: undefined }];
    table.upsert(columns, [0], 0, hashRow(columns, [0], 0));
    expect(() => new KeyTable([bigint], "double").restore([part(table)], all)).toThrow(NeedsExactIntegers);
  });

  it("must be empty", () => {
    const table = filled("double", [1]);
    expect(() => table.restore([part(table)], all)).toThrow("before the first round only");
  });

  it("refuses a part that lacks a column", () => {
    const table = new KeyTable([bigint], "double");
    expect(() => table.restore([{ name: "t", rowCount: 0, columns: [] }], all)).toThrow('no column "hash"');
  });
});

describe("the size of state", () => {
  it("grows with keys and falls when they go", () => {
    const table = new KeyTable([string], "double");
    const empty = table.bytes;
    const text = "x".repeat(100_000);
    const columns = [{ values: [text], nulls: undefined }];
    const slot = table.upsert(columns, [0], 0, hashRow(columns, [0], 0));
    expect(table.bytes).toBeGreaterThanOrEqual(empty + 100_000);
    table.remove(slot);
    expect(table.bytes).toBe(empty);
  });
});
