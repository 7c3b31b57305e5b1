import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planProgram } from "../../../packages/millrace/src/kernels/streaming/plan/index.ts";
import type { PhysicalPlan } from "../../../packages/millrace/src/kernels/streaming/plan/physical-plan.ts";
import {
  materialize,
  type ProcessRun,
  runInProcess,
  valueText,
} from "../../../packages/millrace/src/kernels/streaming/runtime/test-runner.ts";
import { bindProgram } from "../../../packages/millrace/src/sql/flink/bind/index.ts";
import { openJavaScriptFunctions } from "../../../packages/millrace/src/sql/flink/functions/javascript/index.ts";
import { answers } from "./nexmark-answers.ts";
import { NexmarkBatch } from "./nexmark-batch.ts";
import { randomOf } from "./stream-oracle.ts";

const folder = new URL("../../fixtures/flink-sql/nexmark/", import.meta.url);
const rounds = 12;
/** 50 seconds over midnight, so that there are two days. No two of an auction's ten best bids are equal (q19). */
const input = {
  ...{ events: 10_000, rate: 200, seed: 7, rounds, disorderMs: 3_000 },
  baseTimeMs: Date.UTC(2026, 0, 1) - 20_000,
};
/** Over 8 o'clock in the morning, where other time ends. */
const morning = { ...input, events: 2_000, baseTimeMs: Date.UTC(2026, 0, 1, 8) - 5_000 };

const sqlOf = (query: string): string => readFileSync(new URL(`${query}.sql`, folder), "utf8");

async function bind(query: string): ReturnType<typeof bindProgram> {
  // Where rows go is no part of the question: all sinks are the test's.
  const own = sqlOf(query).replace(/'connector' = 'filesystem'[^)]*\)/, "'connector' = 'blackhole')");
  const connectors = new Map(["nexmark", "blackhole"].map((name) => [name, { name, metadata: {} }]));
  return bindProgram(`${sqlOf("schema")}\n${own}`, { connectors, catalogs: undefined, settings: {} });
}

async function leaves(
  plan: PhysicalPlan,
  batch: NexmarkBatch,
  run: Omit<ProcessRun, "sources">,
): Promise<readonly string[]> {
  const outcome = await runInProcess(plan, { sources: { nexmark: batch.splits }, ...run });
  return materialize(outcome.changelog("sink")).map((row) => valueText(row));
}

describe("Nexmark", () => {
  let midnight: NexmarkBatch;
  let eight: NexmarkBatch;

  beforeAll(async () => {
    midnight = await NexmarkBatch.of(input, randomOf(1));
    eight = await NexmarkBatch.of(morning, randomOf(2));
  });

  afterAll(() => {
    midnight?.close();
    eight?.close();
  });

  it.each(Object.entries(answers))("%s leaves what DuckDB answers", async (query, sql) => {
    const { inserts, functions } = await bind(query);
    const plan = planProgram(inserts, { sinkMode: () => "all", idleTimeoutMs: () => 0 });
    const batch = query === "q14" ? eight : midnight;
    const expected = await batch.answer(sql);
    expect(expected.length).toBeGreaterThan(1);
    const opened = await openJavaScriptFunctions(functions);
    const common = {
      functions: (name: string) => opened.scalar(name),
      // Rounds of processing time are 3 seconds apart, and windows of it close behind the last rows.
      nowMs: (round: number) => round * 3_000,
      quietRounds: 4,
    };
    expect(await leaves(plan, batch, { ...common, cuts: [rounds / 2] })).toEqual(expected);
    const wide = { parallelism: 2, cuts: [4, 8], mode: "exact" as const };
    expect(await leaves(plan, batch, { ...common, ...wide })).toEqual(expected);
    opened.close();
  });

  it("q6 is refused by name", async () => {
    const { inserts } = await bind("q6");
    expect(() => planProgram(inserts, { sinkMode: () => "all", idleTimeoutMs: () => 0 })).toThrow(
      /OVER aggregation with AVG.*it runs on Apache Flink itself/,
    );
  });

  it("q13 is refused by name", async () => {
    await expect(bind("q13")).rejects.toThrow(/FOR SYSTEM_TIME AS OF.*it runs on Apache Flink itself/);
  });
});
