import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { WindowShape } from "../../../sql/flink/relation.ts";
import { inserts, seeded, textOf } from "./test-operators.ts";
import { pick } from "./test-random-rows.ts";
import { cumulate, hop, session, tumble, windows } from "./test-windows.ts";

type Row = readonly [key: Value, value: Value, time: number];

interface NaiveWindow {
  readonly key: Value;
  start: number;
  end: number;
  rows: Row[];
}

/** Windows by their definition: each row is kept for each window that is open yet. */
class NaiveWindows {
  readonly #shape: WindowShape;
  #open: NaiveWindow[] = [];
  #progress = Number.NEGATIVE_INFINITY;
  late = 0;

  constructor(shape: WindowShape) {
    this.#shape = shape;
  }

  push(row: Row): void {
    const isTaken =
      this.#shape.kind === "session" ? this.#pushSession(row, this.#shape.gapMs) : this.#pushAligned(row);
    if (!isTaken) this.late += 1;
  }

  #pushAligned(row: Row): boolean {
    const open = bounds(this.#shape, row[2]).filter(([, end]) => end - 1 > this.#progress);
    for (const [start, end] of open) {
      const same = this.#open.find((one) => one.key === row[0] && one.start === start && one.end === end);
      if (same === undefined) this.#open.push({ key: row[0], start, end, rows: [row] });
      else same.rows.push(row);
    }
    return open.length > 0;
  }

  #pushSession(row: Row, gapMs: number): boolean {
    const [key, , time] = row;
    const isTouched = (one: NaiveWindow): boolean =>
      one.key === key && one.start <= time + gapMs && one.end >= time;
    const touched = this.#open.filter(isTouched);
    if (touched.length === 0 && time + gapMs - 1 <= this.#progress) return false;
    const joined: NaiveWindow = {
      key,
      start: Math.min(time, ...touched.map((one) => one.start)),
      end: Math.max(time + gapMs, ...touched.map((one) => one.end)),
      rows: [...touched.flatMap((one) => one.rows), row],
    };
    this.#open = [...this.#open.filter((one) => !touched.includes(one)), joined];
    return true;
  }

  advance(watermark: number): readonly string[] {
    this.#progress = Math.max(this.#progress, watermark);
    const closed = this.#open.filter((one) => one.end - 1 <= this.#progress);
    this.#open = this.#open.filter((one) => !closed.includes(one));
    return closed
      .map(({ key, start, end, rows }) => {
        const values = rows.map(([, value]) => value).filter((value) => value !== null);
        const sum =
          values.length === 0 ? null : values.reduce<number>((total, value) => total + Number(value), 0);
        return textOf(["+I", key, rows.length, sum, start, end]);
      })
      .sort();
  }
}

function bounds(shape: WindowShape, time: number): readonly (readonly [start: number, end: number])[] {
  const all: [number, number][] = [];
  if (shape.kind === "session") return all;
  const longest = shape.kind === "cumulate" ? shape.maxMs : shape.sizeMs;
  for (let start = time - longest; start <= time; start += 1) {
    const slide = shape.kind === "hop" ? shape.slideMs : longest;
    if (start <= time - longest || (((start - shape.offsetMs) % slide) + slide) % slide !== 0) continue;
    const step = shape.kind === "cumulate" ? shape.stepMs : longest;
    for (let end = start + step; end <= start + longest; end += step) if (end > time) all.push([start, end]);
  }
  return all;
}

const shapes: readonly WindowShape[] = [
  tumble,
  { kind: "tumble", sizeMs: 7, offsetMs: -2 },
  hop,
  { kind: "hop", sizeMs: 9, slideMs: 3, offsetMs: 1 },
  { kind: "hop", sizeMs: 4, slideMs: 6, offsetMs: 0 },
  cumulate,
  { kind: "cumulate", maxMs: 10, stepMs: 5, offsetMs: 2 },
  session,
];

describe.each(shapes.map((shape) => [JSON.stringify(shape), shape] as const))(
  "random rows through %s",
  (_text, shape) => {
    it.each([1, 2, 3, 4, 5])("give what the definition gives, seed %i", (seed) => {
      const random = seeded(seed);
      const test = windows(shape, { mode: pick(random, ["double", "exact"]) });
      const naive = new NaiveWindows(shape);
      const isGapped = shape.kind === "hop" && shape.slideMs > shape.sizeMs;
      let late = 0;
      for (let round = 0; round < 40; round += 1) {
        const rows = Array.from({ length: Math.floor(random() * 20) }, (): Row => {
          const time = round * 3 + Math.floor(random() * 24) - 18;
          return [pick(random, ["a", "b", null]), pick(random, [null, 1, 5, -3]), time];
        });
        test.push(inserts(rows));
        for (const row of rows) naive.push(row);
        const watermark = round === 39 ? Number.POSITIVE_INFINITY : round * 3 - Math.floor(random() * 8);
        const emitted = test.advance(watermark).take();
        expect(emitted.map(textOf).sort()).toEqual(naive.advance(watermark));
        if (random() < 0.25) {
          late += lateRows(test.operators);
          test.cut(pick(random, [1, 2, 4]), pick(random, ["double", "exact"]));
        }
      }
      if (!isGapped) expect(late + lateRows(test.operators)).toBe(naive.late);
    });
  },
);

function lateRows(operators: readonly { lateRows?(): number }[]): number {
  return operators.reduce((sum, operator) => sum + (operator.lateRows?.() ?? 0), 0);
}
