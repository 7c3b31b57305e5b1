import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { JoinType } from "../../../sql/flink/relation.ts";
import { StateLimitError } from "../operator.ts";
import type { WindowJoinOperator, WindowSource } from "../plan/physical-plan.ts";
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
import { WindowJoin } from "./window-join.ts";

type Cells = readonly Value[];
const none = [null, null, null];

/** Of windows whose end is the column `t`. */
function join(
  type: JoinType,
  more: Partial<WindowJoinOperator> & { readonly isEventTime?: boolean; readonly isLocalTime?: boolean } = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const { isEventTime = true, isLocalTime = false, ...rest } = more;
  const window: WindowSource = { kind: "columns", startColumn: 2, endColumn: 2, isEventTime, isLocalTime };
  const spec: WindowJoinOperator = {
    ...{ kind: "windowJoin", type, condition: undefined, left: window, right: window },
    keys: { left: [0], right: [0], nullSafe: [false] },
    ...rest,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return twoInputs(
    (context) =>
      new WindowJoin(spec, [sideFields, sideFields], joinedFields(type), { ...context, maxStateBytes }),
    options,
  );
}

describe("a window join", () => {
  it("gives the pairs of a window when it closes, over snapshots", () => {
    for (const subtasks of [1, 2]) {
      const test = join("inner")
        .push([left("a", 1, 10), right("a", 2, 10), left("a", 3, 20)])
        .advance(8);
      expect(test.take()).toEqual([]);
      test.cut(subtasks).push([right("a", 4, 10), right("a", 5, 20), right("b", 6, 10)]);
      expect(test.advance(9).take()).toEqual(
        inserts([
          ["a", 1, 10, "a", 2, 10],
          ["a", 1, 10, "a", 4, 10],
        ]),
      );
      expect(test.cut(1).advance(Number.POSITIVE_INFINITY).take()).toEqual(
        inserts([["a", 3, 20, "a", 5, 20]]),
      );
      expect(test.operators[0]?.snapshot().parts.map(({ name }) => name)).toEqual(["progress"]);
    }
  });

  it.each([
    [
      "left",
      [
        ["a", 1, 10, "a", 2, 10],
        ["b", 3, 10, ...none],
        [null, 5, 10, ...none],
      ],
    ],
    [
      "right",
      [
        ["a", 1, 10, "a", 2, 10],
        [...none, "c", 4, 10],
        [...none, null, 6, 10],
      ],
    ],
    [
      "full",
      [
        ["a", 1, 10, "a", 2, 10],
        ["b", 3, 10, ...none],
        [null, 5, 10, ...none],
        [...none, "c", 4, 10],
        [...none, null, 6, 10],
      ],
    ],
    ["semi", [["a", 1, 10]]],
    [
      "anti",
      [
        ["b", 3, 10],
        [null, 5, 10],
      ],
    ],
  ] as const)("gives rows without a match as well: %s", (type, expected) => {
    const test = join(type).push([left("a", 1, 10), right("a", 2, 10), left("b", 3, 10), right("c", 4, 10)]);
    expect(
      test
        .push([left(null, 5, 10), right(null, 6, 10)])
        .advance(9)
        .take(),
    ).toEqual(inserts(expected));
  });

  it("compares NULLs where that is asked for, and conditions", () => {
    const test = join("left", { keys: { left: [0], right: [0], nullSafe: [true] }, condition: leftIsLess });
    test.push([left(null, 1, 10), right(null, 2, 10), right(null, null, 10), left(null, 2, 10)]);
    expect(test.advance(9).take()).toEqual(
      inserts([
        [null, 1, 10, null, 2, 10],
        [null, 2, 10, ...none],
      ]),
    );
  });

  it("drops and counts rows whose window has closed, also after a snapshot", () => {
    const test = join("full")
      .push([left("a", 1, 10)])
      .advance(9);
    expect(test.take()).toHaveLength(1);
    test
      .cut()
      .push([left("a", 2, 10), right("a", 3, 10), right("a", 4, 20)])
      .advance(10);
    expect(test.take()).toEqual([]);
    expect(test.operators[0]?.lateRows?.()).toBe(2);
  });

  it("closes windows by the clock at their end, when no more rows can come", () => {
    const test = join("inner", { isEventTime: false })
      .push([left("a", 1, 10)], 9)
      .advance(0, 9);
    expect(test.operators[0]?.wakeAtMs()).toBe(10);
    test.push([right("a", 2, 10)], 9).advance(0, 9);
    expect(test.take()).toEqual([]);
    expect(test.cut().advance(0, 10).take()).toEqual(inserts([["a", 1, 10, "a", 2, 10]]));
    expect(test.operators[0]?.wakeAtMs()).toBeUndefined();
    expect(test.operators[0]?.lateRows?.()).toBe(0);
  });

  it("closes windows of local time when the session's zone has come there", () => {
    const hour = 3_600_000;
    const end = Date.UTC(2026, 0, 2);
    const test = join("left", { isLocalTime: true }, { timeZone: "Europe/Zurich" }).push([left("a", 1, end)]);
    expect(test.advance(end - hour - 2).take()).toEqual([]);
    expect(test.advance(end - hour - 1).take()).toHaveLength(1);
  });

  it("has a limit of state", () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => left(`key ${index}`, index, 10));
    expect(() => join("inner", {}, { maxStateBytes: 100_000 }).push(rows)).toThrow(StateLimitError);
  });

  it("gives more pairs than a batch holds", () => {
    const rows = Array.from({ length: 120 }, (_, index) => index);
    const test = join("inner").push(rows.map((index) => left("a", index, 10)));
    expect(
      test
        .push(rows.map((index) => right("a", index, 10)))
        .advance(9)
        .take(),
    ).toHaveLength(120 * 120);
  });
});

describe.each(["inner", "left", "right", "full", "semi", "anti"] as const)(
  "random rows of a %s join",
  (type) => {
    it.each([1, 2, 3, 4, 5])("give what a join of each window gives, seed %i", (seed) => {
      const random = seeded(seed * 13 + type.length);
      const test = join(type, {}, { mode: random() < 0.5 ? "exact" : "double" });
      const all: [Cells[], Cells[]] = [[], []];
      const materialized = new Materialized();
      let late = 0;
      for (let round = 0; round < 20; round += 1) {
        const closed = round * 5 - 1;
        const rows = Array.from({ length: Math.floor(random() * 8) }, (): ChangeRow => {
          const side = random() < 0.5 ? 0 : 1;
          const end = 10 * Math.max(1, Math.floor(round / 2) + pick(random, [0, 1, 2]));
          const cells = [pick(random, ["a", "b", "c", null]), pick(random, [1, 2, null]), end];
          if (end - 1 <= closed) late += 1;
          else all[side].push(cells);
          return ["+I", side, ...cells];
        });
        const before = test.operators.reduce((sum, operator) => sum + (operator.lateRows?.() ?? 0), 0);
        const isLate = rows.filter(([, , , , end]) => Number(end) - 1 <= closed).length;
        test.push(rows);
        const after = test.operators.reduce((sum, operator) => sum + (operator.lateRows?.() ?? 0), 0);
        expect(after - before).toBe(isLate);
        materialized.apply(test.advance((round + 1) * 5 - 1).take());
        if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
      }
      materialized.apply(test.advance(Number.POSITIVE_INFINITY).take());
      const matches = ([k, , end]: Cells, [k2, , end2]: Cells): boolean =>
        k === k2 && k !== null && end === end2;
      expect(materialized.rows).toEqual(naiveJoin(type, all[0], all[1], matches).map(textOf).sort());
      expect(late).toBeGreaterThan(0);
    });
  },
);
