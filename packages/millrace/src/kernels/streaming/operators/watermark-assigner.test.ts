import { describe, expect, it } from "vitest";
import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import type { Batch } from "../batch.ts";
import type { OperatorContext } from "../operator.ts";
import { field, inserts, OperatorTest, types } from "./test-operators.ts";
import { WatermarkAssigner } from "./watermark-assigner.ts";

const fields = [field("t", types.time)];
const column: BoundExpression = { kind: "column", type: types.time, index: 0 };
const fiveMs: BoundExpression = {
  kind: "literal",
  type: { kind: "interval_millis", nullable: false },
  value: 5,
};
const delayed: BoundExpression = {
  kind: "call",
  type: types.time,
  function: "-",
  arguments: [column, fiveMs],
};

/** One subtask that is told of its splits. */
class Watermarks {
  readonly test: OperatorTest;
  readonly made: WatermarkAssigner[] = [];

  constructor(expression: BoundExpression = column) {
    const spec = { kind: "watermark", timeColumn: 0, expression, idleTimeoutMs: 0 } as const;
    this.test = new OperatorTest(
      (context: OperatorContext) => {
        const operator = new WatermarkAssigner(spec, [fields], fields, {
          ...context,
          functions: scalarFunction,
        });
        this.made.push(operator);
        return operator;
      },
      fields,
      [],
    );
  }

  get now(): WatermarkAssigner {
    return this.made.at(-1) as WatermarkAssigner;
  }

  push(split: string, times: readonly (number | null)[]): Batch[] {
    const out: Batch[] = [];
    const batch = this.test.batch(inserts(times.map((time) => [time])));
    const round = { ...this.test.round(0), split };
    this.now.process(0, batch, { push: (one) => out.push(one) }, round);
    return out;
  }

  after(...splits: readonly string[]): number | undefined {
    this.now.setSplits(splits.map((name) => ({ id: name.replace("!", ""), isIdle: name.endsWith("!") })));
    this.now.advance();
    return this.now.watermark();
  }
}

describe("a watermark", () => {
  it("is the greatest value of the expression, in whole milliseconds, and never goes back", () => {
    const marks = new Watermarks(delayed);
    expect(marks.after("a")).toBe(Number.NEGATIVE_INFINITY);
    expect(marks.push("a", [10.75, 20.75, 3]).map((batch) => batch.rowCount)).toEqual([3]);
    expect(marks.after("a")).toBe(15);
    marks.push("a", [1]);
    expect(marks.after("a")).toBe(15);
  });

  it("is the least of the splits that are read and not idle", () => {
    const marks = new Watermarks();
    marks.push("a", [100]);
    expect(marks.after("a", "b")).toBe(Number.NEGATIVE_INFINITY);
    marks.push("b", [50]);
    expect(marks.after("a", "b")).toBe(50);
    expect(marks.after("a", "b!")).toBe(100);
    marks.push("b", [60]);
    expect(marks.after("a", "b")).toBe(100);
    marks.push("a", [300]);
    expect(marks.after("a")).toBe(300);
  });

  it("is none while all splits are idle or there are none", () => {
    const marks = new Watermarks();
    marks.push("a", [5]);
    expect(marks.after("a!")).toBeUndefined();
    expect(marks.after()).toBeUndefined();
    expect(marks.after("a", "b")).toBe(Number.NEGATIVE_INFINITY);
  });

  it("goes on from a snapshot, by split", () => {
    const marks = new Watermarks();
    marks.push("a", [100]);
    marks.push("b", [50]);
    expect(marks.after("a", "b")).toBe(50);
    marks.test.cut();
    expect(marks.after("a", "b")).toBe(50);
    marks.push("b", [70]);
    expect(marks.after("a", "b")).toBe(70);
  });

  it("of a row without a time is an error that names the column", () => {
    const marks = new Watermarks();
    expect(() => marks.push("a", [1, null])).toThrow(/time attribute t is NULL/);
  });
});
