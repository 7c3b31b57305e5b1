import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { Operator, OperatorContext } from "../operator.ts";
import { GroupAggregate } from "./group-aggregate.ts";
import { type ChangeRow, call, field, OperatorTest, seeded, types } from "./test-operators.ts";
import { pick, randomChanges } from "./test-random-rows.ts";
import { cumulate, hop, session, tumble } from "./test-windows.ts";
import { createWindowAggregate } from "./window-aggregate.ts";

const { string, bigint, time } = types;
const fields = [field("k", string), field("v", bigint), field("t", time)];
const array = { kind: "array", element: bigint, nullable: true } as const;
const multiset = { kind: "multiset", element: bigint, nullable: true } as const;
const calls = [
  call("count", [1], bigint, { isDistinct: true }),
  call("min", [1], bigint),
  call("last_value", [1], bigint),
  call("array_agg", [1], array),
  call("collect", [1], multiset),
];

const group =
  (retracts: boolean) =>
  (context: OperatorContext): Operator =>
    new GroupAggregate(
      { kind: "groupAggregate", keys: [0], calls, retracts, emitsUpdateBefore: true, emitsEachRow: false },
      [fields],
      [],
      context,
    );

const window =
  (shape: typeof tumble | typeof hop | typeof cumulate | typeof session) =>
  (context: OperatorContext): Operator =>
    createWindowAggregate(
      {
        kind: "windowAggregate",
        window: { kind: "time", shape, timeColumn: 2, isEventTime: true },
        keys: [0],
        calls,
        properties: ["window_end"],
      },
      [fields],
      [field("k", string), ...calls.map(({ type }) => field("", type)), field("window_end", time)],
      context,
    );

const cases = {
  "group aggregate": { make: group(false), retracts: false, ttlMs: 0 },
  "group aggregate of rows taken back": { make: group(true), retracts: true, ttlMs: 0 },
  "group aggregate with a time to live": { make: group(true), retracts: true, ttlMs: 7 },
  tumble: { make: window(tumble), retracts: false, ttlMs: 0 },
  hop: { make: window(hop), retracts: false, ttlMs: 0 },
  cumulate: { make: window(cumulate), retracts: false, ttlMs: 0 },
  session: { make: window(session), retracts: false, ttlMs: 0 },
};

describe.each(Object.entries(cases))("%s", (_name, { make, retracts, ttlMs }) => {
  it.each([1, 2, 3])(
    "gives the same rows in the same order when rounds are repeated from a snapshot, seed %i",
    (seed) => {
      const random = seeded(seed);
      const live: (readonly Value[])[] = [];
      const rounds = Array.from({ length: 30 }, (_, round): readonly ChangeRow[] =>
        randomChanges(random, 1 + Math.floor(random() * 25), live, retracts, () => [
          pick(random, ["a", "b", "c", "d", "e", null]),
          pick(random, [null, 1, 2, 3]),
          round * 2 + Math.floor(random() * 12) - 8,
        ]),
      );
      const cut = 5 + Math.floor(random() * 20);
      const run = (isCut: boolean): (readonly ChangeRow[])[] => {
        const test = new OperatorTest(make, fields, [0], { stateTtlMs: ttlMs });
        return rounds.map((rows, round) => {
          if (isCut && round === cut) test.cut();
          return test
            .push(rows, round)
            .advance(round * 2, round)
            .take();
        });
      };
      const undisturbed = run(false);
      expect(undisturbed.flat().length).toBeGreaterThan(5);
      expect(run(true)).toEqual(undisturbed);
    },
  );
});
