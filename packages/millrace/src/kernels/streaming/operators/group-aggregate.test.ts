import { describe, expect, it } from "vitest";
import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { GroupAggregateOperator } from "../plan/physical-plan.ts";
import { GroupAggregate } from "./group-aggregate.ts";
import { call, field, inserts, OperatorTest, type OperatorTestOptions, types } from "./test-operators.ts";

const input = [field("k", types.string), field("v", types.bigint), field("on", types.boolean)];
const count = call("count", [], types.bigint);
const sum = call("sum", [1], types.bigint);

function aggregate(
  calls: readonly AggregateCall[],
  more: Partial<GroupAggregateOperator> = {},
  options: OperatorTestOptions = {},
  fields = input,
): OperatorTest {
  const spec: GroupAggregateOperator = {
    ...{
      kind: "groupAggregate",
      keys: [0],
      calls,
      retracts: false,
      emitsUpdateBefore: true,
      emitsEachRow: false,
    },
    ...more,
  };
  return new OperatorTest(
    (context) => new GroupAggregate(spec, [fields], [], context),
    fields,
    spec.keys,
    options,
  );
}

describe("changes of groups", () => {
  it("are said once a round", () => {
    const test = aggregate([count, sum]);
    test
      .push(
        inserts([
          ["a", 1, null],
          ["b", 2, null],
          ["a", 3, null],
        ]),
      )
      .push(inserts([["a", 5, null]]));
    expect(test.take()).toEqual([]);
    expect(test.advance(0).take()).toEqual(
      inserts([
        ["a", 3, 9],
        ["b", 1, 2],
      ]),
    );
    test
      .push(
        inserts([
          ["c", 1, null],
          ["a", 1, null],
        ]),
      )
      .advance(0);
    expect(test.take()).toEqual([
      ["+I", "c", 1, 1],
      ["-U", "a", 3, 9],
      ["+U", "a", 4, 10],
    ]);
  });

  it("are said row by row where that is asked for", () => {
    const test = aggregate([sum], { emitsEachRow: true });
    test.push(
      inserts([
        ["a", 1, null],
        ["a", 2, null],
      ]),
    );
    expect(test.take()).toEqual([
      ["+I", "a", 1],
      ["-U", "a", 1],
      ["+U", "a", 3],
    ]);
  });

  it("come without -U where readers do not need it", () => {
    const test = aggregate([sum], { emitsUpdateBefore: false });
    test
      .push(inserts([["a", 1, null]]))
      .advance(0)
      .push(inserts([["a", 2, null]]))
      .advance(0);
    expect(test.take()).toEqual([
      ["+I", "a", 1],
      ["+U", "a", 3],
    ]);
  });

  it("are not said when the row is the same", () => {
    const test = aggregate([sum]);
    test
      .push(inserts([["a", 1, null]]))
      .advance(0)
      .take();
    expect(
      test
        .push(
          inserts([
            ["a", 0, null],
            ["a", null, null],
          ]),
        )
        .advance(0)
        .take(),
    ).toEqual([]);
  });

  it("of groups that come and go in one round are none", () => {
    const test = aggregate([sum], { retracts: true });
    test
      .push([
        ["+I", "a", 1, null],
        ["-D", "a", 1, null],
      ])
      .advance(0);
    expect(test.take()).toEqual([]);
    expect(test.operators[0]?.snapshot().parts[0]?.rowCount).toBe(0);
  });

  it("NULL, -0 and 0, and NaN are keys", () => {
    const fields = [field("k", types.double)];
    const test = aggregate([count], {}, {}, fields);
    test.push(inserts([[null], [-0], [0], [Number.NaN], [Number.NaN], [null]])).advance(0);
    expect(test.take().map(([, key, n]) => [String(key), n])).toEqual([
      ["null", 2],
      ["0", 2],
      ["NaN", 2],
    ]);
  });

  it("without calls are the distinct keys", () => {
    const test = aggregate([], { retracts: true });
    test
      .push(
        inserts([
          ["a", 1, null],
          ["a", 2, null],
        ]),
      )
      .advance(0);
    test.push([["-D", "a", 1, null]]).advance(0);
    expect(test.take()).toEqual([["+I", "a"]]);
    expect(
      test
        .push([["-D", "a", 2, null]])
        .advance(0)
        .take(),
    ).toEqual([["-D", "a"]]);
  });
});

describe("rows that are taken back", () => {
  it("change a group, and delete it with its last row", () => {
    const test = aggregate([count, sum], { retracts: true });
    test
      .push([
        ["+I", "a", 1, null],
        ["+I", "a", 2, null],
      ])
      .advance(0)
      .take();
    expect(
      test
        .push([
          ["-U", "a", 2, null],
          ["+U", "a", 5, null],
        ])
        .advance(0)
        .take(),
    ).toEqual([
      ["-U", "a", 2, 3],
      ["+U", "a", 2, 6],
    ]);
    test
      .push([
        ["-D", "a", 1, null],
        ["-D", "a", 5, null],
      ])
      .advance(0);
    expect(test.take()).toEqual([["-D", "a", 2, 6]]);
    expect(
      test
        .push(inserts([["a", 7, null]]))
        .advance(0)
        .take(),
    ).toEqual([["+I", "a", 1, 7]]);
  });

  it("of groups that are not there are passed over", () => {
    const test = aggregate([count, sum], { retracts: true });
    test
      .push([
        ["-D", "a", 1, null],
        ["-D", "a", 1, null],
        ["+I", "a", 4, null],
        ["-D", "b", 1, null],
      ])
      .advance(0);
    expect(test.take()).toEqual([["+I", "a", 1, 4]]);
  });

  it("leave the one group without keys at nothing", () => {
    const test = aggregate([count, sum], { keys: [], retracts: true });
    expect(test.advance(0).take()).toEqual([]);
    test.push(inserts([["a", 1, null]])).advance(0);
    test.push([["-D", "a", 1, null]]).advance(0);
    expect(test.take()).toEqual([
      ["+I", 1, 1],
      ["-U", 1, 1],
      ["+U", 0, null],
    ]);
  });
});

describe("saved state", () => {
  it("of another layout, or without a part, is refused", () => {
    const saved = aggregate([sum]).operators[0]?.snapshot();
    const restore = (change: object) => () =>
      aggregate([sum]).operators[0]?.restore([{ ...saved, ...change } as never]);
    expect(restore({})).not.toThrow();
    expect(restore({ version: 2 })).toThrow("layout 2");
    expect(restore({ parts: [] })).toThrow('no part "groups"');
  });

  it("of other calls is refused", () => {
    const saved = aggregate([count])
      .push(inserts([["a", 1, null]]))
      .operators[0]?.snapshot();
    expect(() => aggregate([sum]).operators[0]?.restore([saved as never])).toThrow('no column "call0');
  });
});

describe("a time to live", () => {
  it("forgets groups that are not touched, and says updates that change nothing", () => {
    const test = aggregate([count, call("max", [1], types.bigint)], {}, { stateTtlMs: 1000 });
    test.push(inserts([["a", 1, null]]), 0).advance(0, 0);
    test
      .cut()
      .push(inserts([["a", 1, null]]), 500)
      .advance(0, 500);
    expect(test.take()).toEqual([
      ["+I", "a", 1, 1],
      ["-U", "a", 1, 1],
      ["+U", "a", 2, 1],
    ]);
    test.push(inserts([["a", 1, null]]), 1500).advance(0, 1500);
    expect(test.take()).toEqual([["+I", "a", 1, 1]]);
    test.push(inserts([["b", 1, null]]), 9000).advance(0, 9000);
    expect(test.operators[0]?.snapshot().parts[0]?.rowCount).toBeLessThanOrEqual(2);
    test.advance(0, 20_000);
    expect(test.operators[0]?.snapshot().parts[0]?.rowCount).toBe(0);
  });

  it("says -U and +U also of a row that stays the same", () => {
    const test = aggregate([call("max", [1], types.bigint)], {}, { stateTtlMs: 1000 });
    test
      .push(inserts([["a", 1, null]]), 0)
      .advance(0, 0)
      .take();
    expect(
      test
        .push(inserts([["a", 1, null]]), 10)
        .advance(0, 10)
        .take(),
    ).toEqual([
      ["-U", "a", 1],
      ["+U", "a", 1],
    ]);
  });
});
