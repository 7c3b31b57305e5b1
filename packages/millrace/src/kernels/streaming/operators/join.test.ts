import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { JoinType } from "../../../sql/flink/relation.ts";
import { StateLimitError } from "../operator.ts";
import type { JoinOperator } from "../plan/physical-plan.ts";
import { Join } from "./join.ts";
import {
  type ChangeRow,
  Materialized,
  type OperatorTest,
  type OperatorTestOptions,
  seeded,
  textOf,
} from "./test-operators.ts";
import { pick, randomChanges } from "./test-random-rows.ts";
import {
  as,
  joinedFields,
  left,
  leftIsLess,
  naiveJoin,
  right,
  sideFields,
  twoInputs,
} from "./test-two-inputs.ts";

const joinTypes: readonly JoinType[] = ["inner", "left", "right", "full", "semi", "anti"];

function join(
  type: JoinType,
  more: Partial<JoinOperator> = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const spec: JoinOperator = {
    ...{ kind: "join", type, condition: undefined, leftUpsertKey: undefined, rightUpsertKey: undefined },
    keys: { left: [0], right: [0], nullSafe: [false] },
    ...more,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return twoInputs(
    (context) => new Join(spec, [sideFields, sideFields], joinedFields(type), { ...context, maxStateBytes }),
    options,
  );
}

const [a1, a2, a3] = [
  ["a", 1, 0],
  ["a", 2, 0],
  ["a", 3, 0],
] as const;
const none = [null, null, null] as const;
type Cells = readonly Value[];
const plus = (...cells: readonly Cells[]): ChangeRow => ["+I", ...cells.flat()];
const minus = (...cells: readonly Cells[]): ChangeRow => ["-D", ...cells.flat()];

/** Rows before a snapshot, what they give; rows after it, what they give. */
type Case = readonly [
  name: string,
  type: JoinType,
  before: readonly ChangeRow[],
  given: readonly ChangeRow[],
  after: readonly ChangeRow[],
  then: readonly ChangeRow[],
];

const cases: readonly Case[] = [
  ["pairs", "inner", [left(...a1), left(...a2)], [], [right(...a3)], [plus(a1, a3), plus(a2, a3)]],
  [
    "pairs with the kind of what came",
    "inner",
    [left(...a1)],
    [],
    [as("+U", right(...a3)), as("-U", right(...a3)), as("-D", left(...a1))],
    [
      ["+U", ...a1, ...a3],
      ["-U", ...a1, ...a3],
    ],
  ],
  [
    "equal rows as often as they came",
    "inner",
    [left(...a1), left(...a1)],
    [],
    [right(...a2), as("-D", left(...a1))],
    [plus(a1, a2), plus(a1, a2), minus(a1, a2)],
  ],
  [
    "nothing for rows that were not there",
    "inner",
    [left(...a1)],
    [],
    [as("-D", left(...a2)), as("-D", right(...a1))],
    [],
  ],
  [
    "a lonely left row until a match comes",
    "left",
    [left(...a1)],
    [plus(a1, none)],
    [right(...a2), right(...a3)],
    [minus(a1, none), plus(a1, a2), plus(a1, a3)],
  ],
  [
    "a left row alone again when the last match goes",
    "left",
    [left(...a1), right(...a2), right(...a3)],
    [plus(a1, none), minus(a1, none), plus(a1, a2), plus(a1, a3)],
    [as("-D", right(...a2)), as("-U", right(...a3)), as("-D", left(...a1))],
    [minus(a1, a2), minus(a1, a3), plus(a1, none), minus(a1, none)],
  ],
  [
    "right rows alone",
    "right",
    [right(...a1), left(...a2)],
    [plus(none, a1), minus(none, a1), plus(a2, a1)],
    [as("-U", left(...a2)), as("+U", left(...a3))],
    [minus(a2, a1), plus(none, a1), minus(none, a1), plus(a3, a1)],
  ],
  [
    "both sides alone",
    "full",
    [left(...a1), right("b", 1, 0)],
    [plus(a1, none), plus(none, ["b", 1, 0])],
    [right(...a2), left("b", 2, 0)],
    [minus(a1, none), plus(a1, a2), minus(none, ["b", 1, 0]), plus(["b", 2, 0], ["b", 1, 0])],
  ],
  [
    "left rows with a match, once",
    "semi",
    [left(...a1), right(...a2), right(...a3)],
    [plus(a1)],
    [as("-D", right(...a2)), as("-D", right(...a3)), right(...a2), left(...a3)],
    [minus(a1), plus(a1), plus(a3)],
  ],
  [
    "left rows without a match",
    "anti",
    [left(...a1), left("b", 1, 0)],
    [plus(a1), plus(["b", 1, 0])],
    [right(...a2), as("-U", right(...a2)), as("-D", left("b", 1, 0))],
    [minus(a1), plus(a1), minus(["b", 1, 0])],
  ],
];

describe("a join gives", () => {
  it.each(cases)("%s (%s)", (_name, type, before, given, after, then) => {
    for (const subtasks of [1, 2]) {
      const test = join(type).push(before).advance(0);
      expect(test.take()).toEqual(given);
      test.cut(subtasks);
      // One by one, so that keys of several subtasks keep their order.
      for (const row of after) test.push([row]);
      expect(test.take()).toEqual(then);
    }
  });

  it.each([
    ["inner", []],
    ["left", [plus([null, 1, 0], none)]],
    ["full", [plus([null, 1, 0], none), plus(none, [null, 2, 0])]],
    ["semi", []],
    ["anti", [plus([null, 1, 0])]],
  ] as const)("no pairs of NULL keys: %s", (type, expected) => {
    expect(
      join(type)
        .push([left(null, 1, 0), right(null, 2, 0)])
        .take(),
    ).toEqual(expected);
    const safe = { keys: { left: [0], right: [0], nullSafe: [true] } };
    expect(
      join("inner", safe)
        .push([left(null, 1, 0), right(null, 2, 0)])
        .take(),
    ).toEqual([plus([null, 1, 0], [null, 2, 0])]);
  });

  it("rows whose condition is true, not NULL", () => {
    const test = join("left", { condition: leftIsLess });
    test.push([left(...a2), right(...a1), right("a", null, 0), right(...a3)]);
    expect(test.take()).toEqual([plus(a2, none), minus(a2, none), plus(a2, a3)]);
  });

  it("all pairs without keys", () => {
    const test = join("inner", { keys: { left: [], right: [], nullSafe: [] } });
    expect(
      test
        .push([left(...a1), left("b", 1, 0)])
        .cut()
        .push([right("c", 1, 0)])
        .take(),
    ).toHaveLength(2);
  });

  it("many more pairs than a batch holds", () => {
    const rows = Array.from({ length: 120 }, (_, index) => index);
    const test = join("inner").push(rows.map((index) => left("a", index, 0)));
    expect(test.push(rows.map((index) => right("a", index, 0))).take()).toHaveLength(120 * 120);
  });
});

describe.each(joinTypes)("a random changelog of a %s join", (type) => {
  it.each([1, 2, 3, 4, 5, 6])("leaves what a join of all rows gives, seed %i", (seed) => {
    const random = seeded(seed * 31 + type.length);
    const hasCondition = random() < 0.5;
    const isNullSafe = random() < 0.3;
    const test = join(
      type,
      {
        condition: hasCondition ? leftIsLess : undefined,
        keys: { left: [0], right: [0], nullSafe: [isNullSafe] },
      },
      { mode: random() < 0.5 ? "exact" : "double" },
    );
    const live: [Cells[], Cells[]] = [[], []];
    const materialized = new Materialized();
    for (let round = 0; round < 20; round += 1) {
      for (const [side, rows] of live.entries()) {
        const row = (): Cells => [pick(random, ["a", "b", "c", null]), pick(random, [1, 2, 3, null]), 0];
        const changes = randomChanges(random, Math.floor(random() * 5), rows, true, row);
        test.push(changes.map(([kind, ...values]): ChangeRow => [kind, side, ...values]));
      }
      materialized.apply(test.advance(round).take());
      const matches = ([k, v]: Cells, [k2, v2]: Cells): boolean =>
        k === k2 &&
        (isNullSafe || k !== null) &&
        (!hasCondition || (typeof v === "number" && typeof v2 === "number" && v < v2));
      const expected = naiveJoin(type, live[0], live[1], matches);
      expect(materialized.rows).toEqual(expected.map(textOf).sort());
      if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
    }
  });
});

describe("state of joins", () => {
  it("is forgotten after its time to live", () => {
    const test = join("inner", {}, { stateTtlMs: 10 });
    test.push([left(...a1)], 0).advance(0, 0);
    expect(
      test
        .cut()
        .push([right(...a2)], 9)
        .take(),
    ).toEqual([plus(a1, a2)]);
    expect(test.push([right(...a3)], 10).take()).toEqual([]);
    expect(
      test
        .advance(0, 25)
        .operators[0]?.snapshot()
        .parts.map(({ rowCount }) => rowCount),
    ).toEqual([0, 0, 0, 0]);
  });

  it("has a limit, which names the operator", () => {
    const test = join("inner", {}, { maxStateBytes: 100_000 });
    const rows = Array.from({ length: 5_000 }, (_, index) => left(`key ${index}`, index, 0));
    expect(() => test.push(rows)).toThrow(StateLimitError);
    expect(() => test.push(rows)).toThrow(/^Operator\[1\] holds more state than its limit/);
  });

  it("is small again when rows are withdrawn", () => {
    const test = join("full");
    const rows = Array.from({ length: 100 }, (_, index) => left(`key ${index}`, index, 0));
    test.push(rows).push(rows.map((row) => as("-D", row)));
    expect(test.operators[0]?.snapshot().parts.map(({ rowCount }) => rowCount)).toEqual([0, 0, 0, 0]);
  });
});
