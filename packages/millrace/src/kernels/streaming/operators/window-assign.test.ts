import { describe, expect, it } from "vitest";
import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { WindowShape } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { Calc } from "./calc.ts";
import { field, inserts, OperatorTest, type OperatorTestOptions, types } from "./test-operators.ts";
import { cumulate, hop, session, tumble } from "./test-windows.ts";
import { Union } from "./union.ts";
import { Values } from "./values.ts";
import { WindowAssign } from "./window-assign.ts";

const { string, bigint, time, instant } = types;

function assign(
  shape: WindowShape,
  isEventTime = true,
  timeType: FlinkType = time,
  options: OperatorTestOptions = {},
): OperatorTest {
  const fields = [field("k", string), field("t", timeType)];
  const spec = { kind: "windowAssign", shape, timeColumn: 1, isEventTime } as const;
  const output = [
    ...fields,
    field("window_start", time),
    field("window_end", time),
    field("window_time", timeType),
  ];
  return new OperatorTest(
    (context) => new WindowAssign(spec, [fields], output, context),
    fields,
    [],
    options,
  );
}

describe("windows as columns", () => {
  it("of TUMBLE: one a row, whatever kind it is", () => {
    const test = assign(tumble).push([
      ["+I", "a", 9],
      ["-U", "b", 10],
    ]);
    expect(test.take()).toEqual([
      ["+I", "a", 9, 0, 10, 9],
      ["-U", "b", 10, 10, 20, 19],
    ]);
  });

  it("of HOP and CUMULATE: a row for each", () => {
    expect(
      assign(hop)
        .push(inserts([["a", 9]]))
        .take(),
    ).toEqual(
      inserts([
        ["a", 9, 0, 10, 9],
        ["a", 9, 4, 14, 13],
        ["a", 9, 8, 18, 17],
      ]),
    );
    expect(
      assign(cumulate)
        .push(inserts([["a", 5]]))
        .take(),
    ).toEqual(
      inserts([
        ["a", 5, 0, 8, 7],
        ["a", 5, 0, 12, 11],
      ]),
    );
  });

  it("of a row without a time: none, and it is counted", () => {
    const test = assign(tumble).push(
      inserts([
        ["a", null],
        ["b", 1],
      ]),
    );
    expect(test.take()).toEqual(inserts([["b", 1, 0, 10, 9]]));
    expect(test.counted).toEqual(new Map([["time is NULL", 1]]));
  });

  it("of processing time: those of the round", () => {
    expect(
      assign(tumble, false)
        .push(inserts([["a", null]]), 25)
        .take(),
    ).toEqual(inserts([["a", null, 20, 30, 29]]));
  });

  it("of TIMESTAMP_LTZ: by the clock of the zone, the time as an instant", () => {
    const hour = 3_600_000;
    const test = assign({ kind: "tumble", sizeMs: 24 * hour, offsetMs: 0 }, true, instant, {
      timeZone: "GMT+08:00",
    });
    expect(test.push(inserts([["a", 0]])).take()).toEqual(inserts([["a", 0, 0, 24 * hour, 16 * hour - 1]]));
  });

  it("of sessions are made by their aggregates alone", () => {
    expect(() => assign(session)).toThrow(/sessions/);
  });
});

describe("operators without keys", () => {
  const fields = [field("k", string), field("v", bigint)];
  const isPositive: BoundExpression = {
    kind: "call",
    type: types.boolean,
    function: ">",
    arguments: [
      { kind: "column", type: bigint, index: 1 },
      { kind: "literal", type: bigint, value: 0n },
    ],
  };

  it("a calc filters, then projects; kinds stay", () => {
    const spec = {
      kind: "calc",
      condition: isPositive,
      expressions: [{ kind: "column", type: bigint, index: 1 }],
    } as const;
    const test = new OperatorTest(
      (context) => new Calc(spec, [fields], [field("v", bigint)], context),
      fields,
      [],
    );
    test
      .push([
        ["+I", "a", 1],
        ["-U", "a", 2],
        ["+U", "a", -2],
        ["+I", "a", null],
      ])
      .advance(0);
    expect(test.take()).toEqual([
      ["+I", 1],
      ["-U", 2],
    ]);
    expect(test.push(inserts([["a", 0]])).take()).toEqual([]);
    expect([test.operators[0]?.snapshot().parts, test.operators[0]?.wakeAtMs()]).toEqual([[], undefined]);
  });

  it("a union passes rows on", () => {
    const test = new OperatorTest(
      (context) => new Union({ kind: "union" }, [fields], fields, context),
      fields,
      [],
    );
    expect(test.push([["-D", "a", 1]]).take()).toEqual([["-D", "a", 1]]);
  });

  it("values come out once, across restores, and from one subtask", () => {
    const literal = (value: string | null, type = string): BoundExpression => ({
      kind: "literal",
      type,
      value,
    });
    const rows = [
      [literal("a"), literal(null, bigint)],
      [literal("b"), literal(null, bigint)],
    ];
    const make = (): OperatorTest =>
      new OperatorTest((context) => new Values({ kind: "values", rows }, [], fields, context), fields, []);
    const test = make();
    expect(test.cut().advance(0).take()).toEqual(
      inserts([
        ["a", null],
        ["b", null],
      ]),
    );
    expect(test.advance(0).cut().advance(0).take()).toEqual([]);
    expect(() => make().push(inserts([["a", 1]]))).toThrow(/no inputs/);
  });
});
