import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { StateLimitError } from "../operator.ts";
import { Normalize } from "./normalize.ts";
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

const fields = [field("k", types.string), field("v", types.bigint)];

function normalize(
  emitsUpdateBefore = true,
  options: OperatorTestOptions & { readonly maxStateBytes?: number } = {},
): OperatorTest {
  const spec = { kind: "normalize", keys: [0], emitsUpdateBefore } as const;
  const { maxStateBytes = Number.POSITIVE_INFINITY } = options;
  return new OperatorTest(
    (context) => new Normalize(spec, [fields], fields, { ...context, maxStateBytes }),
    fields,
    spec.keys,
    options,
  );
}

type Case = readonly [
  name: string,
  before: readonly ChangeRow[],
  after: readonly ChangeRow[],
  then: readonly ChangeRow[],
];
const cases: readonly Case[] = [
  [
    "says what an update replaces",
    [["+I", "a", 1]],
    [["+U", "a", 2]],
    [
      ["-U", "a", 1],
      ["+U", "a", 2],
    ],
  ],
  ["makes an insert of an update of nothing", [], [["+U", "a", 2]], [["+I", "a", 2]]],
  [
    "makes an update of an insert of what is there",
    [["+I", "a", 1]],
    [["+I", "a", 2]],
    [
      ["-U", "a", 1],
      ["+U", "a", 2],
    ],
  ],
  [
    "says what a deletion removes, whatever its other columns say",
    [["+I", "a", 1]],
    [["-D", "a", null]],
    [["-D", "a", 1]],
  ],
  ["leaves out deletions of nothing", [["+I", "a", 1]], [["-D", "b", 1]], []],
  [
    "leaves out what changes nothing",
    [["+I", "a", null]],
    [
      ["+U", "a", null],
      ["-U", "a", 3],
    ],
    [],
  ],
  [
    "takes NULL for a key",
    [["+I", null, 1]],
    [
      ["+U", null, 2],
      ["-D", null, null],
    ],
    [
      ["-U", null, 1],
      ["+U", null, 2],
      ["-D", null, 2],
    ],
  ],
  [
    "begins anew behind a deletion",
    [
      ["+I", "a", 1],
      ["-D", "a", 1],
    ],
    [["+U", "a", 1]],
    [["+I", "a", 1]],
  ],
];

describe("an upsert changelog made full", () => {
  it.each(cases)("%s", (_name, before, after, then) => {
    for (const subtasks of [1, 2]) {
      const test = normalize().push(before).advance(0);
      test.take();
      expect(test.cut(subtasks).push(after).take()).toEqual(then);
    }
  });

  it("has no -U where it is not asked for", () => {
    expect(
      normalize(false)
        .push([
          ["+I", "a", 1],
          ["+U", "a", 2],
          ["-D", "a", 2],
        ])
        .take(),
    ).toEqual([
      ["+I", "a", 1],
      ["+U", "a", 2],
      ["-D", "a", 2],
    ]);
  });

  it("has a limit of state", () => {
    const rows = inserts(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, index]));
    expect(() => normalize(true, { maxStateBytes: 100_000 }).push(rows)).toThrow(StateLimitError);
  });

  it.each([1, 2, 3, 4])("leaves the last row of each key, seed %i", (seed) => {
    const random = seeded(seed);
    const test = normalize(true, { mode: pick(random, ["exact", "double"] as const) });
    const last = new Map<Value, readonly Value[]>();
    const materialized = new Materialized();
    for (let round = 0; round < 30; round += 1) {
      const changes = Array.from({ length: Math.floor(random() * 6) }, (): ChangeRow => {
        const kind = pick(random, ["+I", "+U", "-D", "-U"] as const);
        const row = [pick(random, ["a", "b", "c", null]), pick(random, [1, 2, null])];
        if (kind === "-D") last.delete(row[0] ?? null);
        else if (kind !== "-U") last.set(row[0] ?? null, row);
        return [kind, ...row];
      });
      materialized.apply(test.push(changes).advance(0).take());
      expect(materialized.rows).toEqual([...last.values()].map(textOf).sort());
      if (random() < 0.3) test.cut(pick(random, [1, 2, 3]), pick(random, ["exact", test.mode]));
    }
  });
});
