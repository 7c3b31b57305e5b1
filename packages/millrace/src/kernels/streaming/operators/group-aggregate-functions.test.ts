import { describe, expect, it } from "vitest";
import { type IntegerMode, NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { GroupAggregateOperator } from "../plan/physical-plan.ts";
import { GroupAggregate } from "./group-aggregate.ts";
import {
  type ChangeRow,
  call,
  field,
  inserts,
  OperatorTest,
  type OperatorTestOptions,
  types,
} from "./test-operators.ts";

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
      emitsUpdateBefore: false,
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

/** Rows of the key "k": a sign, the value, and T or F for the filter. */
function rows(text: string): readonly ChangeRow[] {
  return text.split(" ").map((word) => {
    const [, sign, value, on] = /^([+-])(null|-?\d+)([TF]?)$/.exec(word) ?? [];
    const filter = on === "" ? null : on === "T";
    return [sign === "-" ? "-D" : "+I", "k", value === "null" ? null : Number(value), filter];
  });
}

type Case = readonly [call: AggregateCall, before: string, first: unknown, after: string, second: unknown];

const { bigint, string, double } = types;
const filter = 2;
const isDistinct = true;
const array: FlinkType = { kind: "array", element: bigint, nullable: true };
const multiset: FlinkType = { kind: "multiset", element: bigint, nullable: true };
const text = (value: string): AggregateCall["constants"] => [{ kind: "literal", type: string, value }];

/** Rows, the answer, rows after a restore, the answer. */
const cases: Readonly<Record<string, Case>> = {
  "count(*)": [count, "+null", 1, "+1", 2],
  count: [call("count", [1], bigint), "+null", 0, "+1", 1],
  "count filter": [call("count", [], bigint, { filter }), "+1 +1F", 0, "+1T", 1],
  "sum of nothing": [sum, "+null", null, "+2", 2],
  "sum taken back": [sum, "+4 +null", 4, "-4", null],
  "avg cuts": [call("avg", [1], bigint), "+-3 +-4", -3, "--4", -3],
  min: [call("min", [1], bigint), "+3 +2 +2", 2, "-2 -2", 3],
  "max of NULLs": [call("max", [1], bigint), "+null", null, "+-5", -5],
  "max goes and comes": [call("max", [1], bigint), "+9 +1", 9, "-9 +9 -9", 1],
  first_value: [call("first_value", [1], bigint), "+null +7 +8", 7, "-7", 8],
  "first_value appended": [call("first_value", [1], bigint), "+null +7", 7, "+8", 7],
  last_value: [call("last_value", [1], bigint), "+7 +8 +null", 8, "-8", 7],
  "last_value appended": [call("last_value", [1], bigint), "+7 +8 +null", 8, "+9", 9],
  "count distinct": [call("count", [1], bigint, { isDistinct }), "+1 +1 +null +2", 2, "-1 -2", 1],
  "distinct filter": [call("sum", [1], bigint, { isDistinct, filter }), "+1T +1T +9F +2T", 3, "-2T -9F", 1],
  array_agg: [call("array_agg", [1], array), "+2 +null +2", [2, null, 2], "-2 +5", [null, 2, 5]],
  "array_agg ignore nulls": [
    call("array_agg", [1], array, { constants: text("IGNORE NULLS") }),
    "+null",
    null,
    "+5",
    [5],
  ],
  "array_agg distinct": [call("array_agg", [1], array, { isDistinct }), "+2 +2", [2], "+2 +3", [2, 3]],
  "array_agg taken back first": [call("array_agg", [1], array), "+1 +2 -5", [1, 2], "+5", [1, 2]],
  listagg: [call("listagg", [0], string), "+1 +1", "k,k", "-1", "k"],
  "listagg with a separator": [
    call("listagg", [0], string, { constants: text("-") }),
    "+1",
    "k",
    "+1",
    "k-k",
  ],
  collect: [
    call("collect", [1], multiset),
    "+2 +2 +null",
    new Map([[2, 2]]),
    "-2 +5",
    new Map([
      [2, 1],
      [5, 1],
    ]),
  ],
  var_pop: [call("var_pop", [1], double), "+1 +3", 1, "-3", 0],
  var_samp: [call("var_samp", [1], double), "+1 +3 +5", 4, "-3", 8],
  stddev_samp: [call("stddev_samp", [1], double), "+1", null, "+3", Math.SQRT2],
  stddev_pop: [call("stddev_pop", [1], double), "+null", null, "+3 +5", 1],
  json_arrayagg: [
    call("json_arrayagg", [1], string, { constants: text("NULL") }),
    "+1 +null",
    "[1,null]",
    "-1",
    "[null]",
  ],
  "json_arrayagg absent": [call("json_arrayagg", [0], string), "+1", '["k"]', "+1 -1 +2", '["k","k"]'],
  "json_arrayagg of JSON": [
    call("json_arrayagg", [0], string, { constants: text("ABSENT j") }),
    "+1",
    "[k]",
    "+1",
    "[k,k]",
  ],
  json_objectagg: [
    call("json_objectagg", [0, 1], string, { constants: text("NULL") }),
    "+1",
    '{"k":1}',
    "-1 +null",
    '{"k":null}',
  ],
  "json_objectagg absent": [call("json_objectagg", [0, 1], string), "+null", "{}", "+5", '{"k":5}'],
  single_value: [call("single_value", [1], bigint), "+null", null, "-null +5", 5],
};

describe.each<IntegerMode>(["double", "exact"])("functions with integers %s", (mode) => {
  it.each(Object.entries(cases))("%s", (_name, [one, before, first, after, second]) => {
    const isAppend = !/(^| )-/.test(`${before} ${after}`);
    for (const subtasks of [1, 2]) {
      for (const retracts of isAppend ? [true, false] : [true]) {
        const test = aggregate([one, count], { retracts }, { mode });
        expect(plain(test.push(rows(before)).advance(0).take().at(-1)?.[2])).toEqual(first);
        for (const next of ["double", "exact", mode] as const) test.cut(subtasks, next).cut(1, next);
        expect(plain(test.push(rows(after)).advance(0).take().at(-1)?.[2])).toEqual(second);
      }
    }
  });
});

/** Integers of both modes as numbers. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? new Map([...value].map(([k, n]) => [plain(k), plain(n)])) : value;
}

describe("what cannot be answered", () => {
  it.each([
    ["json_objectagg", [0, 1], /key 'k' is there more than once/],
    ["single_value", [1], /more than one row/],
  ] as const)("%s fails the job", (name, args, message) => {
    const test = aggregate([call(name, args, string)]);
    expect(() => test.push(rows("+1 +2")).advance(0)).toThrow(message);
  });

  it("a function that is not there is refused", () => {
    expect(() => aggregate([call("percentile", [1], double)])).toThrow("no aggregate function percentile");
  });
});

describe("sums", () => {
  const typed = (type: FlinkType): readonly [AggregateCall, ReturnType<typeof field>[]] => [
    call("sum", [1], type),
    [field("k", types.string), field("v", type)],
  ];

  it.each([
    [{ kind: "tinyint", nullable: true }, [127, 1], -128],
    [{ kind: "smallint", nullable: true }, [32767, 2], -32767],
    [{ kind: "int", nullable: true }, [2147483647, 1], -2147483648],
  ] as const)("of %o wrap around", (type, values, result) => {
    const [one, fields] = typed(type);
    for (const mode of ["double", "exact"] as const) {
      const test = aggregate([one], {}, { mode }, fields);
      test.push(inserts(values.map((value) => ["k", value]))).advance(0);
      expect(test.take()).toEqual([["+I", "k", result]]);
    }
  });

  it("of BIGINT ask for exact integers beyond 2^53, and wrap around at 2^63", () => {
    const inexact = aggregate([sum]);
    expect(() =>
      inexact.push(
        inserts([
          ["k", 2 ** 53 - 1, null],
          ["k", 1, null],
        ]),
      ),
    ).toThrow(NeedsExactIntegers);
    const exact = aggregate([sum], {}, { mode: "exact" });
    exact
      .push(
        inserts([
          ["k", 2n ** 63n - 1n, null],
          ["k", 1n, null],
        ]),
      )
      .advance(0);
    expect(exact.take()).toEqual([["+I", "k", -(2n ** 63n)]]);
  });

  it("of DECIMAL are exact, averages rounded half up, and NULL when they do not fit", () => {
    const average: FlinkType = { kind: "decimal", precision: 38, scale: 6, nullable: true };
    const tight: FlinkType = { kind: "decimal", precision: 3, scale: 2, nullable: true };
    const fields = [field("k", types.string), field("v", types.decimal)];
    const calls = [
      call("sum", [1], { ...types.decimal, precision: 38 }),
      call("avg", [1], average),
      call("sum", [1], tight),
    ];
    const test = aggregate(calls, { retracts: true }, {}, fields);
    test
      .push(
        inserts([
          ["k", 100n],
          ["k", 100n],
          ["k", 801n],
        ]),
      )
      .advance(0);
    expect(test.take()).toEqual([["+I", "k", 1001n, 3336667n, null]]);
    expect(
      test
        .cut()
        .push([["-D", "k", 801n]])
        .advance(0)
        .take()
        .at(-1),
    ).toEqual(["+U", "k", 200n, 1000000n, 200n]);
  });

  it("of FLOAT are rounded at each step", () => {
    const [one, fields] = typed({ kind: "float", nullable: true });
    const test = aggregate([one], {}, {}, fields);
    test
      .push(
        inserts([
          ["k", 16777216],
          ["k", 1],
          ["k", 1],
        ]),
      )
      .advance(0);
    expect(test.take()).toEqual([["+I", "k", 16777216]]);
  });
});
