import { expect, it } from "vitest";
import type { BoundExpression, Value } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import {
  type EvaluationContext,
  EvaluationError,
  type IntegerMode,
  NeedsExactIntegers,
} from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import { BatchBuilder, lanesOf, readValue } from "../columns/index.ts";
import { compileCalc, compileJoinCondition, compilePredicate, type Selection } from "./compile.ts";
import { Failure, Interpreter } from "./test-interpreter.ts";
import { columnTypes, RandomExpressions } from "./test-random-expression.ts";

const rowsOfBatch = 24;

/** A small generator of 32 bits (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function evaluation(mode: IntegerMode): EvaluationContext {
  return { mode, nowMs: 0, timeZone: "UTC", random: () => 0.5 };
}

function batchOf(rows: readonly (readonly Value[])[], mode: IntegerMode): Batch {
  const builder = new BatchBuilder(lanesOf(columnTypes, mode));
  for (const row of rows)
    builder.appendValues(
      row.map((value) => inMode(value, mode)),
      0,
    );
  return builder.take() as Batch;
}

/** BIGINTs inside of rows are numbers in mode `double`; decimals stay bigints. */
function inMode(value: Value, mode: IntegerMode): Value {
  if (!Array.isArray(value)) return value;
  return value.map((item: Value) => (typeof item === "bigint" && mode === "double" ? Number(item) : item));
}

interface Computed {
  readonly value: Value;
}
type Outcome = Computed | "failure" | "great";

/** Where a BIGINT is too great for a double, the compiled code may say so, or still give the value. */
interface Wanted {
  readonly outcome: Computed | "failure";
  readonly isGreat: boolean;
}

function expected(expression: BoundExpression, row: readonly Value[], mode: IntegerMode): Wanted {
  const interpreter = new Interpreter(row);
  const isGreat = (): boolean => mode === "double" && interpreter.hasBeenGreat;
  try {
    const value = plain(interpreter.value(expression), expression.type);
    return { outcome: { value }, isGreat: isGreat() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { outcome: "failure", isGreat: isGreat() };
  }
}

/** Without what the two modes and -0 make different. */
function plain(value: unknown, type: FlinkType): Value {
  if (value === null || value === undefined) return null;
  if (type.kind === "bigint") return BigInt(value as number);
  if (type.kind === "row")
    return type.fields.map((field, index) => plain((value as unknown[])[index], field.type));
  return typeof value === "number" ? value + 0 : (value as Value);
}

function actual(run: () => Value): Outcome {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof EvaluationError) return "failure";
    if (error instanceof NeedsExactIntegers) return "great";
    throw error;
  }
}

function check(seed: number, mode: IntegerMode): void {
  const random = new RandomExpressions(seeded(seed), mode === "exact");
  const type = random.pick(columnTypes);
  const expression = random.expression(type, 4);
  const rows = Array.from({ length: rowsOfBatch }, () => columnTypes.map((each) => random.value(each)));
  const context = { mode, functions: scalarFunction };
  let calc: ReturnType<typeof compileCalc>;
  try {
    calc = compileCalc({ condition: undefined, expressions: [expression] }, columnTypes, context);
    calc(batchOf([rows[0] as Value[]], mode), evaluation(mode));
  } catch (error) {
    // A literal beyond the doubles, or a row that fails: looked at below.
    if (error instanceof NeedsExactIntegers && mode === "double") return;
    if (!(error instanceof EvaluationError)) throw error;
    calc = compileCalc({ condition: undefined, expressions: [expression] }, columnTypes, context);
  }
  const wanted = rows.map((row) => expected(expression, row, mode));
  const single = rows.map((row) =>
    actual(() => {
      const column = calc(batchOf([row], mode), evaluation(mode)).columns[0];
      return column === undefined ? null : plain(readValue(column, 0), type);
    }),
  );
  const told = `seed ${seed}: ${JSON.stringify(expression, (_, value) => (typeof value === "bigint" ? `${value}n` : value))}`;
  single.forEach((outcome, row) => {
    if (wanted[row]?.isGreat === true && outcome === "great") return;
    expect(outcome, `${told} of ${String(rows[row])}`).toEqual(wanted[row]?.outcome);
  });
  if (wanted.some(({ outcome, isGreat }) => outcome === "failure" || isGreat)) return;
  const whole = calc(batchOf(rows, mode), evaluation(mode)).columns[0];
  rows.forEach((_, row) => {
    expect({ value: whole === undefined ? null : plain(readValue(whole, row), type) }, told).toEqual(
      wanted[row]?.outcome,
    );
  });
}

/** Filters: the rows for which the interpreter says TRUE, with columns that go with them. */
function checkFilter(seed: number, mode: IntegerMode): void {
  const random = new RandomExpressions(seeded(seed), false);
  const condition = random.expression(columnTypes[0] as FlinkType, 4);
  const rows = Array.from({ length: rowsOfBatch }, () => columnTypes.map((each) => random.value(each)));
  const wanted = rows.map((row) => expected(condition, row, mode));
  if (wanted.some(({ outcome, isGreat }) => outcome === "failure" || isGreat)) return;
  const context = { mode, functions: scalarFunction };
  const pass = wanted.flatMap(({ outcome }, row) =>
    outcome !== "failure" && outcome.value === true ? [row] : [],
  );
  const batch = batchOf(rows, mode);
  let selection: Selection;
  try {
    selection = compilePredicate(condition, columnTypes, context)(batch, evaluation(mode));
  } catch (error) {
    // A literal where no row comes to.
    if (error instanceof NeedsExactIntegers && mode === "double") return;
    throw error;
  }
  const { rows: found, count } = selection;
  const told = `seed ${seed}`;
  expect([...found.subarray(0, count)], told).toEqual(pass);
  const columns = columnTypes.map((type, index) => ({ kind: "column", type, index }) as const);
  const doubled = columns.map((column) => ({
    kind: "call" as const,
    function: "coalesce",
    type: column.type,
    arguments: [column, column],
  }));
  const calc = compileCalc({ condition, expressions: [...columns, ...doubled] }, columnTypes, context);
  const out = calc(batch, evaluation(mode));
  expect(out.rowCount, told).toBe(pass.length);
  pass.forEach((row, at) => {
    const expectedRow = columnTypes.map((type, index) =>
      plain(inMode(rows[row]?.[index] ?? null, mode), type),
    );
    const values = out.columns.map((column, index) =>
      plain(readValue(column, at), columnTypes[index % columnTypes.length] as FlinkType),
    );
    expect(values, told).toEqual([...expectedRow, ...expectedRow]);
  });
  const left = columnTypes.slice(0, 5);
  const join = compileJoinCondition(condition, left, columnTypes.slice(5), context);
  const rights = batch.columns.slice(5);
  rows.forEach((_, row) => {
    const holds = join(batch.columns.slice(0, 5), row, rights, row, evaluation(mode));
    expect(holds, told).toBe(pass.includes(row));
  });
}

const first = Number(process.env["SEED"] ?? 1);
const count = Number(process.env["SEEDS"] ?? 80);

it.each(["double", "exact"] as const)(
  "computes random expressions as the interpreter does, mode %s",
  (mode) => {
    for (let seed = first; seed < first + count; seed += 1) check(seed, mode);
  },
);

it.each(["double", "exact"] as const)("filters rows and pairs as the interpreter does, mode %s", (mode) => {
  for (let seed = first; seed < first + count; seed += 1) checkFilter(seed, mode);
});
