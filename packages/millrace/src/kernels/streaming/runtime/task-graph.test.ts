import { expect, it } from "vitest";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { PhysicalPlan, PlanEdge } from "../plan/physical-plan.ts";
import { materialize, runInProcess } from "./test-runner.ts";

const int: FlinkType = { kind: "int", nullable: true };
const fields = [
  { name: "k", type: int },
  { name: "v", type: int },
];
const table = {
  path: ["c", "d", "t"] as const,
  columns: fields.map((field) => ({ kind: "physical" as const, field })),
  watermark: undefined,
  primaryKey: [],
  partitionKeys: [],
  options: {},
};

function passing(exchange: PlanEdge["exchange"]): PhysicalPlan {
  const shape = { fields, changelog: "append" as const, upsertKey: undefined };
  const columns = fields.map((field, column) => ({ field, column, path: [] }));
  return {
    nodes: [
      {
        ...shape,
        id: 1,
        uid: "s",
        description: "Source()",
        inputs: [],
        operator: { kind: "source", table, columns },
      },
      {
        ...shape,
        id: 2,
        uid: "o",
        description: "Sink()",
        inputs: [{ node: 1, exchange }],
        operator: { kind: "sink", table, columns: [0, 1], keys: [] },
      },
    ],
  };
}

const rows = Array.from({ length: 50 }, (_, at) => [at % 7, at]);
const splits = [
  { id: "a", rounds: [rows.slice(0, 10), [], rows.slice(10, 20)] },
  { id: "b", rounds: [rows.slice(20, 25), rows.slice(25)] },
];

it("gives every row to the sink in the order of its split", async () => {
  const outcome = await runInProcess(passing({ kind: "forward" }), { sources: { t: splits } });
  expect(outcome.rounds("t").map((round) => round.length)).toEqual([15, 25, 10, 0]);
  expect(outcome.changelog("t").slice(0, 2)).toEqual([
    { kind: "+I", values: [0, 0] },
    { kind: "+I", values: [1, 1] },
  ]);
});

it("deals rows by key to one subtask each, whatever the parallelism", async () => {
  const expected = materialize(rows.map((values) => ({ kind: "+I", values })));
  for (const parallelism of [1, 2, 4]) {
    const plan = passing({ kind: "hash", columns: [0] });
    const outcome = await runInProcess(plan, { sources: { t: splits }, parallelism });
    expect(materialize(outcome.changelog("t"))).toEqual(expected);
    const again = await runInProcess(plan, { sources: { t: splits }, parallelism, cuts: [1, 2] });
    expect(again.changelog("t")).toEqual(outcome.changelog("t"));
  }
});

it("puts all rows into one subtask behind a single exchange", async () => {
  const outcome = await runInProcess(passing({ kind: "single" }), { sources: { t: splits }, parallelism: 3 });
  expect(outcome.changelog("t").length).toBe(50);
  expect(outcome.lastOutcomes.map((subtask) => subtask.figures[6])).toEqual([50, 0, 0]);
});
