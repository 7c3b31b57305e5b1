import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { JoinType } from "../../../sql/flink/relation.ts";
import { StateLimitError } from "../operator.ts";
import type { IntervalJoinOperator } from "../plan/physical-plan.ts";
import { IntervalJoin } from "./interval-join.ts";
import {
  type ChangeRow,
  inserts,
  Materialized,
  type OperatorTest,
  type OperatorTestOptions,
  seeded,
  textOf,
} from "./test-operators.ts";
import { pick } from "./test-random-rows.ts";
import {
  joinedFields,
  left,
  leftIsLess,
  naiveJoin,
  right,
  sideFields,
  twoInputs,
} from "./test-two-inputs.ts";

type Cells = readonly Value[];
const none = [null, null, null];

/** `left.t - right.t` in [-5, 10] */
function join(
  type: JoinType,
  more: Partial<IntervalJoinOperator> = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const spec: IntervalJoinOperator = {
    ...{ kind: "intervalJoin", type, condition: undefined, leftTimeColumn: 2, rightTimeColumn: 2 },
    ...{ lowerMs: -5, upperMs: 10, isEventTime: true },
    keys: { left: [0], right: [0], nullSafe: [false] },
    ...more,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return twoInputs(
    (context) =>
      new IntervalJoin(spec, [sideFields, sideFields], joinedFields(type), { ...context, maxStateBytes }),
    options,
  );
}

describe("an interval join gives", () => {
  it.each([
    ["the lower bound", 95, 1],
    ["the upper bound", 110, 1],
    ["below the lower bound", 94, 0],
    ["above the upper bound", 111, 0],
  ])("rows at %s", (_name, time, count) => {
    for (const rows of [
      [left("a", 1, time), right("a", 2, 100)],
      [right("a", 2, 100), left("a", 1, time)],
    ])
      expect(join("inner").push(rows).take()).toHaveLength(count);
  });

  it("pairs at once, also over a snapshot", () => {
    for (const subtasks of [1, 2]) {
      const test = join("inner")
        .push([left("a", 1, 100), left("b", 1, 100), left("a", 2, 103)])
        .advance(99);
      expect(test.take()).toEqual([]);
      test.cut(subtasks).push([right("a", 9, 101)]);
      expect(test.take()).toEqual(
        inserts([
          ["a", 1, 100, "a", 9, 101],
          ["a", 2, 103, "a", 9, 101],
        ]),
      );
    }
  });

  it("lonely rows when nothing can come for them any more, by time", () => {
    for (const subtasks of [1, 2]) {
      // A left row at t meets right rows up to t + 5, a right row at t left rows up to t + 10.
      const test = join("full").push([left("a", 2, 101), left("a", 1, 100), right("b", 3, 100)]);
      expect(test.advance(104).take()).toEqual([]);
      expect(test.cut(subtasks).advance(105).take()).toEqual(inserts([["a", 1, 100, ...none]]));
      expect(test.advance(109).take()).toEqual(inserts([["a", 2, 101, ...none]]));
      expect(test.cut(1).advance(110).take()).toEqual(inserts([[...none, "b", 3, 100]]));
      expect(test.advance(Number.POSITIVE_INFINITY).take()).toEqual([]);
    }
  });

  it("no lonely row for one that had a match, also before a snapshot", () => {
    const test = join("left")
      .push([left("a", 1, 100), right("a", 2, 100)])
      .advance(0);
    expect(test.take()).toHaveLength(1);
    expect(test.cut(2).advance(Number.POSITIVE_INFINITY).take()).toEqual([]);
  });

  it("left rows of semi joins once, those of anti joins at their end", () => {
    const rows = [
      left("a", 1, 100),
      right("a", 2, 100),
      right("a", 3, 101),
      left("b", 4, 100),
      left("a", 5, 102),
    ];
    const semi = join("semi").push(rows);
    expect(semi.advance(Number.POSITIVE_INFINITY).take()).toEqual(
      inserts([
        ["a", 1, 100],
        ["a", 5, 102],
      ]),
    );
    const anti = join("anti").push(rows);
    expect(anti.take()).toEqual([]);
    expect(anti.cut(2).advance(Number.POSITIVE_INFINITY).take()).toEqual(inserts([["b", 4, 100]]));
  });

  it("late rows what is still there, and lets them go at once", () => {
    const test = join("full")
      .push([right("a", 1, 100)])
      .advance(108)
      .push([left("a", 2, 98), left("b", 3, 98)]);
    expect(test.take()).toEqual(
      inserts([
        ["a", 2, 98, "a", 1, 100],
        ["b", 3, 98, ...none],
      ]),
    );
    expect(test.operators[0]?.snapshot().parts.map(({ rowCount }) => rowCount)).toEqual([0, 0, 1, 1, 1]);
  });

  it("no pairs of NULL keys, but the rows alone", () => {
    const test = join("full").push([left(null, 1, 100), right(null, 2, 100)]);
    expect(test.take()).toEqual([]);
    expect(test.advance(Number.POSITIVE_INFINITY).take()).toEqual(
      inserts([
        [null, 1, 100, ...none],
        [...none, null, 2, 100],
      ]),
    );
    const safe = { keys: { left: [0], right: [0], nullSafe: [true] } };
    expect(
      join("inner", safe)
        .push([left(null, 1, 100), right(null, 2, 100)])
        .take(),
    ).toHaveLength(1);
  });

  it("pairs by the clock", () => {
    const test = join("left", { isEventTime: false, lowerMs: -5, upperMs: 0 })
      .push([left("a", 1, 0)], 100)
      .advance(0, 100);
    test.push([right("a", 2, 0)], 105).advance(0, 105);
    expect(test.take()).toEqual(inserts([["a", 1, 0, "a", 2, 0]]));
    test.push([left("b", 3, 0)], 106).advance(0, 106);
    const wake = test.operators[0]?.wakeAtMs() ?? 0;
    expect(wake).toBeGreaterThanOrEqual(111);
    expect(test.cut(1).advance(0, wake).take()).toEqual(inserts([["b", 3, 0, ...none]]));
    expect(test.operators[0]?.wakeAtMs()).toBeUndefined();
  });

  it("nothing between bounds that exclude each other, and keeps little", () => {
    const test = join("left", { lowerMs: 5, upperMs: -5 });
    test.push([left("a", 1, 100), right("a", 2, 100)]).advance(Number.POSITIVE_INFINITY);
    expect(test.take()).toEqual(inserts([["a", 1, 100, ...none]]));
  });

  it("watermarks that lag as far as its rows may", () => {
    const delay = (lowerMs: number, upperMs: number, isEventTime = true): number => {
      const spec: IntervalJoinOperator = {
        ...{
          kind: "intervalJoin",
          type: "inner",
          condition: undefined,
          leftTimeColumn: 2,
          rightTimeColumn: 2,
        },
        ...{ lowerMs, upperMs, isEventTime, keys: { left: [0], right: [0], nullSafe: [false] } },
      };
      let found = Number.NaN;
      twoInputs((context) => {
        const operator = new IntervalJoin(spec, [sideFields, sideFields], joinedFields("inner"), context);
        found = operator.watermarkDelayMs;
        return operator;
      });
      return found;
    };
    expect([delay(-5, 10), delay(-20, 10), delay(3, 4), delay(-5, 10, false)]).toEqual([10, 20, 4, 0]);
  });

  it("an error when state outgrows its limit", () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => left(`key ${index}`, index, 100));
    expect(() => join("inner", {}, { maxStateBytes: 100_000 }).push(rows)).toThrow(StateLimitError);
  });
});

describe.each(["inner", "left", "right", "full", "semi", "anti"] as const)(
  "random rows of a %s join",
  (type) => {
    it.each([1, 2, 3, 4, 5, 6])(
      "within the watermark give what a join of all rows gives, seed %i",
      (seed) => {
        const random = seeded(seed * 97 + type.length);
        const hasCondition = random() < 0.5;
        const mode = random() < 0.5 ? "exact" : "double";
        const test = join(type, { condition: hasCondition ? leftIsLess : undefined }, { mode });
        const all: [Cells[], Cells[]] = [[], []];
        const materialized = new Materialized();
        for (let round = 0; round < 25; round += 1) {
          const rows = Array.from({ length: Math.floor(random() * 8) }, (): ChangeRow => {
            const side = random() < 0.5 ? 0 : 1;
            const time = round * 4 + Math.floor(random() * 12);
            const cells = [pick(random, ["a", "b", "c", null]), pick(random, [1, 2, 3, null]), time];
            all[side].push(cells);
            return ["+I", side, ...cells];
          });
          materialized.apply(
            test
              .push(rows)
              .advance(round * 4 - 1 + 4)
              .take(),
          );
          if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
        }
        materialized.apply(test.advance(Number.POSITIVE_INFINITY).take());
        const matches = ([k, v, t]: Cells, [k2, v2, t2]: Cells): boolean => {
          const apart = Number(t) - Number(t2);
          const isLess = typeof v === "number" && typeof v2 === "number" && v < v2;
          return k === k2 && k !== null && apart >= -5 && apart <= 10 && (!hasCondition || isLess);
        };
        expect(materialized.rows).toEqual(naiveJoin(type, all[0], all[1], matches).map(textOf).sort());
        expect(test.operators.map((operator) => operator.snapshot().parts[1]?.rowCount)).toEqual(
          test.operators.map(() => 0),
        );
      },
    );
  },
);
