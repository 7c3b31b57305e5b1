import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { StateLimitError } from "../operator.ts";
import type { RankOperator } from "../plan/physical-plan.ts";
import { Rank } from "./rank.ts";
import {
  type ChangeRow,
  field,
  inserts,
  Materialized,
  OperatorTest,
  type OperatorTestOptions,
  seeded,
  textOf,
  types,
} from "./test-operators.ts";
import { pick, randomChanges } from "./test-random-rows.ts";

const fields = [field("k", types.string), field("v", types.bigint), field("id", types.int)];
const ranked = [...fields, field("n", types.bigint)];

/** The two greatest `v` of each key. */
function rank(
  more: Partial<RankOperator> = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const spec: RankOperator = {
    ...{ kind: "rank", partition: [0], order: [{ column: 1, descending: true, nullsFirst: false }] },
    ...{
      from: 1,
      to: 2,
      emitsRank: false,
      retracts: false,
      inputUpsertKey: undefined,
      emitsUpdateBefore: true,
    },
    ...more,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  const out = spec.emitsRank ? ranked : fields;
  return new OperatorTest(
    (context) => new Rank(spec, [fields], out, { ...context, maxStateBytes }),
    fields,
    spec.partition,
    options,
  );
}

const a = (v: number | null, id: number, ...n: readonly number[]): readonly Value[] => ["a", v, id, ...n];
const plus = (row: readonly Value[]): ChangeRow => ["+I", ...row];
const minus = (row: readonly Value[]): ChangeRow => ["-D", ...row];
const update = (old: readonly Value[], next: readonly Value[]): readonly ChangeRow[] => [
  ["-U", ...old],
  ["+U", ...next],
];

type Case = readonly [
  name: string,
  more: Partial<RankOperator>,
  before: readonly ChangeRow[],
  given: readonly ChangeRow[],
  after: readonly ChangeRow[],
  then: readonly ChangeRow[],
];
const number = { emitsRank: true };
const retracts = { retracts: true };

const cases: readonly Case[] = [
  [
    "rows that enter push the last out",
    {},
    inserts([a(5, 1), a(7, 2)]),
    inserts([a(5, 1), a(7, 2)]),
    inserts([a(6, 3), a(4, 4)]),
    [minus(a(5, 1)), plus(a(6, 3))],
  ],
  [
    "of equal rows the first stays",
    {},
    inserts([a(5, 1), a(5, 2)]),
    inserts([a(5, 1), a(5, 2)]),
    inserts([a(5, 3)]),
    [],
  ],
  [
    "NULLs are where they are asked for",
    { to: 1 },
    inserts([a(null, 1)]),
    inserts([a(null, 1)]),
    inserts([a(0, 2), a(null, 3)]),
    [minus(a(null, 1)), plus(a(0, 2))],
  ],
  [
    "ranks are moved down",
    number,
    inserts([a(5, 1)]),
    inserts([a(5, 1, 1)]),
    inserts([a(7, 2), a(6, 3)]),
    [...update(a(5, 1, 1), a(7, 2, 1)), plus(a(5, 1, 2)), ...update(a(5, 1, 2), a(6, 3, 2))],
  ],
  [
    "ranks without -U",
    { ...number, emitsUpdateBefore: false },
    inserts([a(5, 1)]),
    inserts([a(5, 1, 1)]),
    inserts([a(7, 2)]),
    [["+U", ...a(7, 2, 1)], plus(a(5, 1, 2))],
  ],
  [
    "ranks from the second on",
    { ...number, from: 2, to: 3 },
    inserts([a(5, 1)]),
    [],
    inserts([a(7, 2), a(6, 3), a(1, 4)]),
    [plus(a(5, 1, 2)), ...update(a(5, 1, 2), a(6, 3, 2)), plus(a(5, 1, 3))],
  ],
  [
    "rows from the second on",
    { from: 2, to: 2 },
    inserts([a(5, 1)]),
    [],
    inserts([a(7, 2), a(6, 3), a(8, 4)]),
    [plus(a(5, 1)), minus(a(5, 1)), plus(a(6, 3)), minus(a(6, 3)), plus(a(7, 2))],
  ],
  [
    "a row that is taken back lets the next in",
    retracts,
    inserts([a(5, 1), a(7, 2), a(6, 3)]),
    [plus(a(5, 1)), plus(a(7, 2)), minus(a(5, 1)), plus(a(6, 3))],
    [minus(a(7, 2)), ["-U", ...a(9, 9)], ["-U", ...a(6, 3)]],
    [minus(a(7, 2)), plus(a(5, 1)), minus(a(6, 3))],
  ],
  [
    "ranks are moved up",
    { ...retracts, ...number },
    inserts([a(7, 1), a(6, 2), a(5, 3)]),
    [plus(a(7, 1, 1)), plus(a(6, 2, 2))],
    [minus(a(7, 1)), minus(a(6, 2)), minus(a(5, 3))],
    [
      ...update(a(7, 1, 1), a(6, 2, 1)),
      ...update(a(6, 2, 2), a(5, 3, 2)),
      ...update(a(6, 2, 1), a(5, 3, 1)),
      minus(a(5, 3, 2)),
      minus(a(5, 3, 1)),
    ],
  ],
  [
    "rows below the last rank may go unseen",
    retracts,
    inserts([a(7, 1), a(6, 2), a(5, 3)]),
    inserts([a(7, 1), a(6, 2)]),
    [minus(a(5, 3)), minus(a(6, 2))],
    [minus(a(6, 2))],
  ],
  [
    "NULL is a key",
    {},
    inserts([[null, 1, 1]]),
    inserts([[null, 1, 1]]),
    inserts([
      [null, 2, 2],
      ["b", 3, 3],
      [null, 3, 4],
    ]),
    [plus([null, 2, 2]), plus(["b", 3, 3]), minus([null, 1, 1]), plus([null, 3, 4])],
  ],
  [
    "without an order the first to come stay",
    { order: [] },
    inserts([a(1, 1)]),
    inserts([a(1, 1)]),
    inserts([a(9, 2), a(8, 3)]),
    inserts([a(9, 2)]),
  ],
  ["no rank at all is none", { from: 1, to: 0 }, inserts([a(1, 1)]), [], inserts([a(9, 2)]), []],
];

describe("top-N", () => {
  it.each(cases)("%s", (_name, more, before, given, after, then) => {
    for (const subtasks of [1, 2]) {
      const test = rank(more).push(before).advance(0);
      expect(test.take()).toEqual(given);
      test.cut(subtasks);
      for (const row of after) test.push([row]);
      expect(test.take()).toEqual(then);
    }
  });

  it("keeps no more rows than it gives when none are taken back", () => {
    const test = rank().push(inserts(Array.from({ length: 1000 }, (_, v) => a(v, v))));
    expect(test.operators[0]?.snapshot().parts.find(({ name }) => name === "rows")?.rowCount).toBeLessThan(4);
  });

  it("forgets its rows after their time to live", () => {
    const test = rank({}, { stateTtlMs: 10 }).push(inserts([a(5, 1), a(6, 2)]), 0);
    test.take();
    expect(
      test
        .cut()
        .push(inserts([a(1, 3)]), 10)
        .take(),
    ).toEqual(inserts([a(1, 3)]));
    test.advance(0, 100);
    expect(test.operators[0]?.snapshot().parts.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
  });

  it("has a limit of state", () => {
    const rows = inserts(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, index, 0]));
    expect(() => rank({}, { maxStateBytes: 100_000 }).push(rows)).toThrow(StateLimitError);
  });
});

const seeds = Array.from({ length: 16 }, (_, index) => index + 1);

describe("a random changelog of top-N", () => {
  it.each(seeds)("leaves what sorting gives, seed %i", (seed) => {
    const random = seeded(seed * 7);
    const from = pick(random, [1, 1, 2, 3]);
    const to = from + pick(random, [0, 1, 4]);
    const order = [{ column: 1, descending: random() < 0.5, nullsFirst: random() < 0.5 }];
    const [emitsRank, takesBack] = [random() < 0.5, random() < 0.5];
    const test = rank(
      { from, to, order, emitsRank, retracts: takesBack },
      { mode: pick(random, ["exact", "double"]) },
    );
    const live: (readonly Value[])[] = [];
    const materialized = new Materialized();
    let id = 0;
    for (let round = 0; round < 25; round += 1) {
      const row = (): readonly Value[] => [
        pick(random, ["a", "b", null]),
        pick(random, [1, 2, 3, 4, null]),
        id++,
      ];
      const changes = randomChanges(random, Math.floor(random() * 8), live, takesBack, row);
      materialized.apply(test.push(changes).advance(0).take());
      const groups = Map.groupBy(live, ([k]) => k);
      const expected = [...groups.values()].flatMap((rows) =>
        // Equal ones by arrival: by their ids.
        rows
          .sort((x, y) => compare(x[1], y[1], order[0]) || Number(x[2]) - Number(y[2]))
          .map((cells, at) => (emitsRank ? [...cells, at + 1] : cells))
          .slice(from - 1, to),
      );
      expect(materialized.rows).toEqual(expected.map(textOf).sort());
      if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
    }
  });
});

function compare(
  one: Value | undefined,
  two: Value | undefined,
  key: { readonly descending: boolean; readonly nullsFirst: boolean } | undefined,
): number {
  if (one === two) return 0;
  if (one === null || two === null) return (one === null) === key?.nullsFirst ? -1 : 1;
  return (Number(one) - Number(two)) * (key?.descending === true ? -1 : 1);
}
