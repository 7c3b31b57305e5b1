import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { StateLimitError } from "../operator.ts";
import type { WindowRankOperator } from "../plan/physical-plan.ts";
import {
  type ChangeRow,
  field,
  inserts,
  OperatorTest,
  type OperatorTestOptions,
  seeded,
  textOf,
  types,
} from "./test-operators.ts";
import { pick } from "./test-random-rows.ts";
import { WindowRank } from "./window-rank.ts";

const fields = [
  field("k", types.string),
  field("v", types.bigint),
  field("id", types.int),
  field("end", types.time),
];

/** The two greatest `v` of each key and window; NULLs are last. */
function rank(
  more: Partial<WindowRankOperator> & { readonly isEventTime?: boolean } = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const { isEventTime = true, ...rest } = more;
  const spec: WindowRankOperator = {
    kind: "windowRank",
    window: { kind: "columns", startColumn: 3, endColumn: 3, isEventTime, isLocalTime: false },
    ...{ partition: [0], order: [{ column: 1, descending: true, nullsFirst: false }] },
    ...{ from: 1, to: 2, emitsRank: true },
    ...rest,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return new OperatorTest(
    (context) => new WindowRank(spec, [fields], [], { ...context, maxStateBytes }),
    fields,
    spec.partition,
    options,
  );
}

describe("top-N of windows", () => {
  it("comes when the window closes, over snapshots", () => {
    for (const subtasks of [1, 2]) {
      const test = rank()
        .push(
          inserts([
            ["a", 5, 1, 10],
            ["a", null, 2, 10],
            ["a", 7, 3, 20],
          ]),
        )
        .advance(8);
      expect(test.take()).toEqual([]);
      test.cut(subtasks).push(
        inserts([
          ["a", 6, 4, 10],
          ["a", 1, 5, 10],
        ]),
      );
      expect(test.advance(9).take()).toEqual(
        inserts([
          ["a", 6, 4, 10, 1],
          ["a", 5, 1, 10, 2],
        ]),
      );
      expect(test.cut(1).advance(Number.POSITIVE_INFINITY).take()).toEqual(inserts([["a", 7, 3, 20, 1]]));
    }
  });

  it("keeps of equal rows the first to come, also over a snapshot", () => {
    const test = rank()
      .push(
        inserts([
          ["a", 1, 1, 10],
          ["a", 1, 2, 10],
        ]),
      )
      .cut()
      .push(inserts([["a", 1, 3, 10]]));
    expect(test.advance(9).take()).toEqual(
      inserts([
        ["a", 1, 1, 10, 1],
        ["a", 1, 2, 10, 2],
      ]),
    );
  });

  it("takes NULL for a key, and no key at all", () => {
    const rows = inserts([
      [null, 1, 1, 10],
      ["a", 2, 2, 10],
      [null, 3, 3, 10],
    ]);
    expect(rank({ to: 1 }).push(rows).advance(9).take()).toEqual(
      inserts([
        [null, 3, 3, 10, 1],
        ["a", 2, 2, 10, 1],
      ]),
    );
    expect(rank({ to: 1, partition: [] }).push(rows).advance(9).take()).toEqual(
      inserts([[null, 3, 3, 10, 1]]),
    );
  });

  it("begins at a rank, and may leave the rank out", () => {
    const rows = inserts([1, 2, 3, 4, 5].map((v) => ["a", v, v, 10]));
    expect(rank({ from: 2, to: 3 }).push(rows).advance(9).take()).toEqual(
      inserts([
        ["a", 4, 4, 10, 2],
        ["a", 3, 3, 10, 3],
      ]),
    );
    expect(rank({ from: 5, to: 5, emitsRank: false }).push(rows).advance(9).take()).toEqual(
      inserts([["a", 1, 1, 10]]),
    );
    expect(rank({ from: 1, to: 0 }).push(rows).advance(9).take()).toEqual([]);
  });

  it("drops and counts late rows, also after a snapshot", () => {
    const test = rank()
      .advance(9)
      .cut()
      .push(
        inserts([
          ["a", 1, 1, 10],
          ["a", 1, 2, 20],
        ]),
      );
    expect(test.operators[0]?.lateRows?.()).toBe(1);
    expect(test.advance(19).take()).toEqual(inserts([["a", 1, 2, 20, 1]]));
  });

  it("closes windows by the clock at their end", () => {
    const test = rank({ isEventTime: false })
      .push(inserts([["a", 1, 1, 10]]), 9)
      .advance(0, 9);
    expect([test.take(), test.operators[0]?.wakeAtMs()]).toEqual([[], 10]);
    test.push(inserts([["a", 2, 2, 10]]), 9);
    expect(test.advance(0, 10).take()).toEqual(
      inserts([
        ["a", 2, 2, 10, 1],
        ["a", 1, 1, 10, 2],
      ]),
    );
  });

  it("keeps no more rows than it gives, and has a limit of state", () => {
    const test = rank().push(inserts(Array.from({ length: 1000 }, (_, v) => ["a", v, v, 10])));
    expect(
      test.operators[0]?.snapshot().parts.find(({ name }) => name === "window 10 rows")?.rowCount,
    ).toBeLessThan(4);
    const many = inserts(Array.from({ length: 5_000 }, (_, v) => [`key ${v}`, v, v, 10]));
    expect(() => rank({}, { maxStateBytes: 100_000 }).push(many)).toThrow(StateLimitError);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is what sorting gives, seed %i", (seed) => {
    const random = seeded(seed);
    const from = pick(random, [1, 1, 2]);
    const to = from + pick(random, [0, 1, 3]);
    const order = [
      { column: 1, descending: random() < 0.5, nullsFirst: random() < 0.5 },
      { column: 2, descending: random() < 0.5, nullsFirst: false },
    ] as const;
    const test = rank({ from, to, order }, { mode: random() < 0.5 ? "exact" : "double" });
    const all: (readonly Value[])[] = [];
    const given: ChangeRow[] = [];
    for (let round = 0; round < 20; round += 1) {
      const rows = Array.from({ length: Math.floor(random() * 8) }, () => {
        const end = 10 * (Math.floor(round / 2) + pick(random, [1, 2]));
        const row = [pick(random, ["a", "b", null]), pick(random, [1, 2, 3, null]), all.length, end];
        all.push(row);
        return row;
      });
      given.push(
        ...test
          .push(inserts(rows))
          .advance((round + 1) * 5 - 1)
          .take(),
      );
      if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
    }
    given.push(...test.advance(Number.POSITIVE_INFINITY).take());
    const groups = Map.groupBy(all, ([k, , , end]) => textOf([k, end]));
    const expected = [...groups.values()].flatMap((rows) =>
      rows
        .sort((x, y) => {
          const [one, two] = [x[1], y[1]];
          if (one !== two) {
            if (one === null || two === null) return (one === null) === order[0].nullsFirst ? -1 : 1;
            return order[0].descending ? Number(two) - Number(one) : Number(one) - Number(two);
          }
          return order[1].descending ? Number(y[2]) - Number(x[2]) : Number(x[2]) - Number(y[2]);
        })
        .map((row, at) => [...row, at + 1])
        .slice(from - 1, to),
    );
    expect(given.map(textOf).sort()).toEqual(inserts(expected).map(textOf).sort());
  });
});
