import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { GroupAggregate } from "./group-aggregate.ts";
import { call, field, Materialized, OperatorTest, seeded, textOf, types } from "./test-operators.ts";
import { pick, randomChanges } from "./test-random-rows.ts";

const { bigint, string, double, decimal, boolean } = types;
const fields = [
  field("k", string),
  field("n", double),
  field("v", bigint),
  field("s", string),
  field("d", decimal),
  field("on", boolean),
];
const filter = 5;
const isDistinct = true;
const multiset = { kind: "multiset", element: string, nullable: true } as const;
const calls = [
  call("count", [], bigint),
  call("count", [2], bigint, { filter }),
  call("sum", [2], bigint),
  call("avg", [2], bigint),
  call("min", [3], string),
  call("max", [2], bigint, { filter }),
  call("count", [2], bigint, { isDistinct }),
  call("sum", [2], bigint, { isDistinct, filter }),
  call("count", [3], bigint, { isDistinct, filter }),
  call("sum", [4], { ...decimal, precision: 38 }),
  call("max", [4], decimal),
  call("collect", [3], multiset, { isDistinct }),
];

type Row = readonly Value[];

/** What the aggregates of rows are, by going through all of them. */
function recompute(rows: readonly Row[]): readonly Value[] {
  const passing = rows.filter((row) => row[5] === true);
  const of = (list: readonly Row[], column: number): Value[] =>
    list.map((row) => row[column] ?? null).filter((value) => value !== null);
  const sum = (values: readonly Value[]): Value =>
    values.length === 0 ? null : values.reduce<number>((total, value) => total + Number(value), 0);
  const distinct = (values: readonly Value[]): Value[] => [...new Set(values.map(Number))];
  const max = (values: readonly Value[]): Value =>
    values.length === 0 ? null : Math.max(...values.map(Number));
  const numbers = of(rows, 2);
  const strings = of(rows, 3).map(String).sort();
  return [
    rows.length,
    of(passing, 2).length,
    sum(numbers),
    numbers.length === 0 ? null : Math.trunc(Number(sum(numbers)) / numbers.length) + 0,
    strings[0] ?? null,
    max(of(passing, 2)),
    distinct(numbers).length,
    sum(distinct(of(passing, 2))),
    new Set(of(passing, 3)).size,
    sum(of(rows, 4)),
    max(of(rows, 4)),
    new Map(strings.map((value) => [value, 1])),
  ];
}

function expected(rows: readonly Row[]): readonly string[] {
  const groups = Map.groupBy(rows, (row) => textOf([row[0], row[1]]));
  return [...groups.values()]
    .map((group) => textOf([group[0]?.[0] ?? null, group[0]?.[1] ?? null, ...recompute(group)]))
    .sort();
}

describe.each([1, 2, 3, 4, 5, 6])("random changes, seed %i", (seed) => {
  it.each([true, false])("give what the rows that are left give; taken back: %s", (retracts) => {
    const random = seeded(seed);
    const spec = { kind: "groupAggregate", keys: [0, 1], calls, retracts } as const;
    for (const emitsEachRow of [false, true]) {
      for (const emitsUpdateBefore of [true, false]) {
        const live: Row[] = [];
        const more = { emitsEachRow, emitsUpdateBefore };
        const make = (context: ConstructorParameters<typeof GroupAggregate>[3]): GroupAggregate =>
          new GroupAggregate({ ...spec, ...more }, [fields], [], context);
        const test = new OperatorTest(make, fields, [0, 1], { mode: pick(random, ["double", "exact"]) });
        const table = new Materialized(emitsUpdateBefore ? undefined : 2);
        for (let round = 0; round < 12; round += 1) {
          for (let batch = 0; batch < 2; batch += 1) {
            test.push(
              randomChanges(random, 1 + Math.floor(random() * 30), live, retracts, () => [
                pick(random, ["a", "b", null]),
                pick(random, [1, -0, null, 2]),
                pick(random, [null, 1, 2, 3, -7]),
                pick(random, [null, "x", "y", "é", ""]),
                pick(random, [null, 100n, -250n]),
                pick(random, [null, true, false]),
              ]),
            );
          }
          table.apply(test.advance(0).take());
          expect(table.rows).toEqual(expected(live));
          if (random() < 0.3) test.cut(pick(random, [1, 2, 4]), pick(random, ["double", "exact"]));
        }
      }
    }
  });
});

describe("extremes under many changes", () => {
  it.each(["min", "max"])("%s is found again whatever goes", (name) => {
    const random = seeded(99);
    const live: Row[] = [];
    const columns = [field("k", bigint), field("v", double)];
    const spec = {
      kind: "groupAggregate",
      keys: [0],
      calls: [call(name, [1], double)],
      retracts: true,
    } as const;
    const more = { emitsEachRow: false, emitsUpdateBefore: true };
    const test = new OperatorTest(
      (context) => new GroupAggregate({ ...spec, ...more }, [columns], [], context),
      columns,
      [0],
    );
    const table = new Materialized();
    for (let round = 0; round < 60; round += 1) {
      const isGrowing = round % 20 < 10;
      const changes = randomChanges(random, 300, live, !isGrowing, () => [
        Math.floor(random() * 3),
        Math.floor(random() * 2000) - 1000,
      ]);
      table.apply(test.push(changes).advance(0).take());
      // Rounds that empty the state lead through sweeps of the heaps.
      if (!isGrowing) {
        const gone = live.splice(0, Math.floor(live.length / 2));
        table.apply(
          test
            .push(gone.map((row) => ["-D", ...row]))
            .advance(0)
            .take(),
        );
      }
      const groups = Map.groupBy(live, (row) => row[0] as number);
      const rows = [...groups].map(([key, group]) => {
        const values = group.map((row) => row[1] as number);
        return textOf([key, name === "min" ? Math.min(...values) : Math.max(...values)]);
      });
      expect(table.rows).toEqual(rows.sort());
      if (round % 15 === 14) test.cut();
    }
  });
});
