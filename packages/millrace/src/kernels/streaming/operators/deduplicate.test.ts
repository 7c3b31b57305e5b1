import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { StateLimitError } from "../operator.ts";
import type { DeduplicateOperator } from "../plan/physical-plan.ts";
import { Deduplicate } from "./deduplicate.ts";
import {
  type ChangeRow,
  field,
  inserts,
  Materialized,
  OperatorTest,
  type OperatorTestOptions,
  seeded,
  textOf,
  types,
} from "./test-operators.ts";
import { pick } from "./test-random-rows.ts";

const fields = [field("k", types.string), field("v", types.bigint), field("t", types.time)];

function deduplicate(
  keep: "first" | "last",
  more: Partial<DeduplicateOperator> = {},
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const spec: DeduplicateOperator = {
    ...{ kind: "deduplicate", keys: [0], timeColumn: 2, isEventTime: true, keep, emitsUpdateBefore: true },
    ...more,
  };
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return new OperatorTest(
    (context) => new Deduplicate(spec, [fields], fields, { ...context, maxStateBytes }),
    fields,
    spec.keys,
    options,
  );
}

type Case = readonly [
  name: string,
  keep: "first" | "last",
  more: Partial<DeduplicateOperator>,
  before: readonly ChangeRow[],
  given: readonly ChangeRow[],
  after: readonly ChangeRow[],
  then: readonly ChangeRow[],
];
const a = (v: number, t: number): readonly Value[] => ["a", v, t];
const update = (old: readonly Value[], next: readonly Value[]): readonly ChangeRow[] => [
  ["-U", ...old],
  ["+U", ...next],
];

const cases: readonly Case[] = [
  [
    "the first row by event time gives way to an earlier one only",
    "first",
    {},
    inserts([a(1, 5), a(2, 6)]),
    inserts([a(1, 5)]),
    inserts([a(3, 5), a(4, 4), a(5, 4)]),
    update(a(1, 5), a(4, 4)),
  ],
  [
    "the last row by event time gives way to later ones and equal ones",
    "last",
    {},
    inserts([a(1, 5), a(2, 4)]),
    inserts([a(1, 5)]),
    inserts([a(3, 5), a(4, 6), a(5, 5)]),
    [...update(a(1, 5), a(3, 5)), ...update(a(3, 5), a(4, 6))],
  ],
  [
    "without -U",
    "last",
    { emitsUpdateBefore: false },
    inserts([a(1, 5)]),
    inserts([a(1, 5)]),
    inserts([a(2, 6)]),
    [["+U", ...a(2, 6)]],
  ],
  [
    "the first row to come stays",
    "first",
    { isEventTime: false },
    inserts([a(1, 5)]),
    inserts([a(1, 5)]),
    inserts([a(2, 1), ["b", 3, 0]]),
    inserts([["b", 3, 0]]),
  ],
  [
    "the last row to come goes out",
    "last",
    { isEventTime: false },
    inserts([a(1, 5)]),
    inserts([a(1, 5)]),
    inserts([a(2, 1)]),
    update(a(1, 5), a(2, 1)),
  ],
  [
    "NULL is a key",
    "last",
    {},
    inserts([[null, 1, 1]]),
    inserts([[null, 1, 1]]),
    inserts([
      [null, 2, 2],
      ["", 3, 3],
    ]),
    [...update([null, 1, 1], [null, 2, 2]), ["+I", "", 3, 3]],
  ],
  [
    "no key is one for all",
    "first",
    { keys: [], isEventTime: false },
    inserts([a(1, 1)]),
    inserts([a(1, 1)]),
    inserts([["b", 2, 0]]),
    [],
  ],
];

describe("of rows of one key", () => {
  it.each(cases)("%s", (_name, keep, more, before, given, after, then) => {
    for (const subtasks of more.keys === undefined ? [1, 2] : [1]) {
      const test = deduplicate(keep, more).push(before).advance(0);
      expect(test.take()).toEqual(given);
      test.cut(subtasks);
      for (const row of after) test.push([row]);
      expect(test.take()).toEqual(then);
    }
  });

  it("state is forgotten after its time to live, which a first row does not prolong", () => {
    for (const keep of ["first", "last"] as const) {
      const test = deduplicate(keep, { isEventTime: false }, { stateTtlMs: 10 });
      test
        .push(inserts([a(1, 1)]), 0)
        .push(inserts([a(2, 2)]), 8)
        .take();
      expect(
        test
          .cut()
          .push(inserts([a(3, 3)]), 12)
          .take(),
      ).toEqual(keep === "first" ? inserts([a(3, 3)]) : update(a(2, 2), a(3, 3)));
      test.advance(0, 100);
      expect(test.operators[0]?.snapshot().parts[0]?.rowCount).toBe(0);
    }
  });

  it("state has a limit", () => {
    const rows = inserts(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, index, 0]));
    expect(() => deduplicate("first", {}, { maxStateBytes: 100_000 }).push(rows)).toThrow(StateLimitError);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("random ones leave the first or last, seed %i", (seed) => {
    const random = seeded(seed);
    const keep = pick(random, ["first", "last"] as const);
    const isEventTime = random() < 0.6;
    const test = deduplicate(keep, { isEventTime }, { mode: pick(random, ["exact", "double"]) });
    const materialized = new Materialized();
    const best = new Map<string | null, readonly [string | null, number, number]>();
    for (let round = 0; round < 20; round += 1) {
      const rows = Array.from({ length: Math.floor(random() * 8) }, () => {
        const row = [
          pick(random, ["a", "b", "c", null]),
          Math.floor(random() * 50),
          Math.floor(random() * 40),
        ] as const;
        const known = best.get(row[0]);
        const isBetter = isEventTime
          ? keep === "first"
            ? row[2] < (known?.[2] ?? 0)
            : row[2] >= (known?.[2] ?? 0)
          : keep === "last";
        if (known === undefined || isBetter) best.set(row[0], row);
        return row;
      });
      materialized.apply(test.push(inserts(rows)).advance(0).take());
      expect(materialized.rows).toEqual([...best.values()].map(textOf).sort());
      if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
    }
  });
});
