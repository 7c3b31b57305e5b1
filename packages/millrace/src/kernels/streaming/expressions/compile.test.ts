import { expect, it } from "vitest";
import type { BoundExpression, CallExpression, Value } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import {
  type EvaluationContext,
  EvaluationError,
  NeedsExactIntegers,
  type ScalarCode,
  type ScalarFunction,
} from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import { BatchBuilder, lanesOf, readRow } from "../columns/index.ts";
import { type CompileContext, compileCalc, compileColumn, compileValue } from "./compile.ts";

const nullable = true;
const int: FlinkType = { kind: "int", nullable };
const bigint: FlinkType = { kind: "bigint", nullable };
const text: FlinkType = { kind: "varchar", length: 2_147_483_647, nullable };
const boolean: FlinkType = { kind: "boolean", nullable };
const context: CompileContext = { mode: "double", functions: scalarFunction };
const evaluation: EvaluationContext = { mode: "double", nowMs: 1234, timeZone: "UTC", random: () => 0.5 };

function column(type: FlinkType, index: number): BoundExpression {
  return { kind: "column", type, index };
}

function literal(type: FlinkType, value: Value): BoundExpression {
  return { kind: "literal", type, value };
}

function call(name: string, type: FlinkType, ...args: readonly BoundExpression[]): CallExpression {
  return { kind: "call", function: name, type, arguments: args };
}

function batchOf(types: readonly FlinkType[], rows: readonly (readonly Value[])[]): Batch {
  const builder = new BatchBuilder(lanesOf(types, "double"));
  for (const row of rows) builder.appendValues(row, 0);
  return builder.take() as Batch;
}

function rowsOf(batch: Batch): Value[][] {
  return Array.from({ length: batch.rowCount }, (_, row) => readRow(batch, row));
}

/** A function `f` with the given code. */
function withFunction(code: ScalarCode, type: FlinkType, isVolatile = false): CompileContext {
  const entry: ScalarFunction = {
    name: "f",
    isVolatile,
    resolve: (types) => ({ arguments: types, result: type, code }),
  };
  return { mode: "double", functions: (name) => (name === "f" ? entry : scalarFunction(name)) };
}

it("shares columns that are passed on when no row goes, and keeps kinds", () => {
  const batch: Batch = {
    ...batchOf(
      [int, text],
      [
        [1, "a"],
        [2, "b"],
      ],
    ),
    kinds: Uint8Array.of(0, 3),
  };
  const condition = call(">", boolean, column(int, 0), literal(int, 0));
  const calc = compileCalc({ condition, expressions: [column(text, 1)] }, [int, text], context);
  const out = calc(batch, evaluation);
  expect(out.columns[0]).toBe(batch.columns[1]);
  expect(out.kinds).toBe(batch.kinds);
  const some = call(">", boolean, column(int, 0), literal(int, 1));
  const filtered = compileCalc(
    { condition: some, expressions: [column(text, 1)] },
    [int, text],
    context,
  )(batch, evaluation);
  expect(rowsOf(filtered)).toEqual([["b"]]);
  expect([...(filtered.kinds ?? [])]).toEqual([3]);
});

it("gives the columns without rows when all go", () => {
  const calc = compileCalc(
    { condition: literal(boolean, null), expressions: [column(int, 0), call("negate", int, column(int, 0))] },
    [int],
    context,
  );
  const out = calc(batchOf([int], [[1], [2]]), evaluation);
  expect(out.rowCount).toBe(0);
  expect(out.columns.map((each) => each.values.length)).toEqual([0, 0]);
});

it("computes what is equal once a row", () => {
  let calls = 0;
  const counting = withFunction(
    {
      kind: "strict",
      call: (value: number) => {
        calls += 1;
        return value + 1;
      },
    },
    int,
  );
  const f = (): BoundExpression => call("f", int, column(int, 0));
  const condition = call(">", boolean, f(), literal(int, 0));
  const calc = compileCalc({ condition, expressions: [f(), call("+", int, f(), f())] }, [int], counting);
  expect(rowsOf(calc(batchOf([int], [[1], [-5], [2]]), evaluation))).toEqual([
    [2, 4],
    [3, 6],
  ]);
  expect(calls).toBe(3);
});

it("computes volatile functions each time they are written", () => {
  let calls = 0;
  const counting = withFunction(
    {
      kind: "nullable",
      call: () => {
        calls += 1;
        return calls;
      },
    },
    int,
    true,
  );
  const calc = compileCalc(
    { condition: undefined, expressions: [call("f", int), call("f", int)] },
    [int],
    counting,
  );
  expect(rowsOf(calc(batchOf([int], [[0], [0]]), evaluation))).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it("does not compute branches that are not taken", () => {
  const zero = call("/", int, literal(int, 1), column(int, 0));
  const safe: BoundExpression = {
    kind: "case",
    type: int,
    branches: [{ when: call("=", boolean, column(int, 0), literal(int, 0)), result: literal(int, -1) }],
    otherwise: zero,
  };
  const run = compileColumn(safe, [int], context);
  expect(Array.from(run(batchOf([int], [[0], [1]]), evaluation).values)).toEqual([-1, 1]);
  expect(() => compileColumn(zero, [int], context)(batchOf([int], [[0]]), evaluation)).toThrow(
    EvaluationError,
  );
});

it("tells functions the round, and NULL as null", () => {
  const told = withFunction(
    {
      kind: "context",
      call: (each: EvaluationContext, value: number | null) => (value === null ? each.nowMs : null),
    },
    int,
  );
  const run = compileColumn(call("f", int, column(int, 0)), [int], told);
  const out = run(batchOf([int], [[1], [null]]), evaluation);
  expect([out.values[1], out.nulls?.[0], out.nulls?.[1]]).toEqual([1234, 1, 0]);
  expect(
    compileValue(call("proctime", { kind: "timestamp_ltz", precision: 3, nullable }), context)(evaluation),
  ).toBe(1234);
});

it("takes BIGINT answers of functions in either form", () => {
  const great = withFunction({ kind: "strict", call: () => 2n ** 60n }, bigint);
  const f = call("f", bigint, column(int, 0));
  expect(() => compileColumn(f, [int], great)(batchOf([int], [[1]]), evaluation)).toThrow(NeedsExactIntegers);
  const exact = compileColumn(f, [int], { ...great, mode: "exact" });
  expect(exact(batchOf([int], [[1]]), { ...evaluation, mode: "exact" }).values[0]).toBe(2n ** 60n);
  const small = withFunction({ kind: "inline", text: ([a]) => `${a} * 2` }, bigint);
  expect(
    compileColumn(f, [int], { ...small, mode: "exact" })(batchOf([int], [[4]]), evaluation).values[0],
  ).toBe(8n);
});

it("looks at NULLs where the data has them, whatever the type says", () => {
  const sure: FlinkType = { kind: "int", nullable: false };
  const run = compileColumn(call("+", sure, column(sure, 0), literal(int, 1)), [sure], context);
  expect(run(batchOf([int], [[1]]), evaluation).nulls).toBeUndefined();
  const out = run(batchOf([int], [[1], [null]]), evaluation);
  expect([...(out.nulls ?? [])]).toEqual([0, 1]);
});

it("works with more columns than variants are made for", () => {
  const types = Array.from({ length: 40 }, () => int);
  const sum = types.map((type, index) => column(type, index)).reduce((a, b) => call("+", int, a, b));
  const run = compileColumn(sum, types, context);
  const row = types.map((_, index) => index);
  const holed = row.map((value) => (value === 35 ? null : value));
  const out = run(batchOf(types, [row, holed]), evaluation);
  expect([out.values[0], out.nulls?.[0], out.nulls?.[1]]).toEqual([780, 0, 1]);
});

it.each([
  '"); process.exit(1); ("',
  "`$\u007bprocess.exit(1)}`",
  "\\",
  "\u2028\u2029\n\r\0",
  "*/ process.exit(1) /*",
  "__proto__",
])("keeps %j a text, as a literal, a field's name and a function's argument", (hostile) => {
  const row: FlinkType = { kind: "row", nullable, fields: [{ name: hostile, type: text }] };
  const expressions = [
    literal(text, hostile),
    call("=", boolean, column(text, 0), literal(text, hostile)),
    call("in", boolean, column(text, 0), ...["a", "b", "c", "d", hostile].map((each) => literal(text, each))),
    { kind: "field", type: text, operand: column(row, 1), index: 0 } as const,
    call("upper", text, literal(text, hostile)),
  ];
  const calc = compileCalc({ condition: undefined, expressions }, [text, row], context);
  const out = calc(batchOf([text, row], [[hostile, [hostile]]]), evaluation);
  expect(rowsOf(out)).toEqual([[hostile, true, true, hostile, hostile.toUpperCase()]]);
});

it.each([
  ["a column that is not there", column(int, 7)],
  ["a column that is no number", column(int, "0; process.exit(1)" as unknown as number)],
  ["a function that is not there", call("no such function", int)],
])("refuses %s before there is data", (_, expression) => {
  expect(() => compileColumn(expression, [int], context)).toThrow(TypeError);
});

it("compiles conditions of thousands of parts, and expressions that share theirs", () => {
  const parts = Array.from({ length: 3000 }, (_, index) =>
    call("=", boolean, column(int, 0), literal(int, index)),
  );
  const any = call("or", boolean, ...parts);
  const condition = compileCalc({ condition: any, expressions: [column(int, 0)] }, [int], context);
  expect(condition(batchOf([int], [[-1], [2999]]), evaluation).rowCount).toBe(1);
  let shared: BoundExpression = column(int, 0);
  for (let level = 0; level < 40; level += 1) shared = call("+", int, shared, shared);
  const run = compileColumn(shared, [int], context);
  expect(run(batchOf([int], [[1]]), evaluation).values[0]).toBe(0);
});

it("reads constants at once", () => {
  const cast: BoundExpression = { kind: "cast", type: int, operand: literal(text, "12"), isTry: false };
  expect(compileValue(call("+", int, cast, literal(int, 1)), context)(evaluation)).toBe(13);
  expect(compileValue(literal(text, null), context)(evaluation)).toBeNull();
});
