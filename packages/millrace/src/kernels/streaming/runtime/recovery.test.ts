import { expect, it } from "vitest";
import { TestEngine } from "./test-engine.ts";
import { type ChangelogRow, materialize } from "./test-runner.ts";

interface Scenario {
  readonly name: string;
  /** Connectors of the two sinks. */
  readonly flat: "prompt" | "staged";
  readonly sums: "prompt" | "staged";
  readonly parallelism: number;
  readonly checkpointIntervalMs: number;
  readonly records: number;
}

function program({ flat, sums }: Scenario): string {
  return `
    CREATE TABLE src (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'script', 'format' = 'json');
    CREATE TABLE flat (k INT, v INT, c DOUBLE, t STRING) WITH ('connector' = '${flat}', 'format' = 'json');
    CREATE TABLE sums (k INT, s INT, n BIGINT) WITH ('connector' = '${sums}', 'format' = 'json');
    CREATE TABLE wins (k INT, n BIGINT) WITH ('connector' = 'prompt', 'format' = 'json');
    EXECUTE STATEMENT SET BEGIN
      INSERT INTO wins SELECT k, COUNT(*) FROM TABLE(TUMBLE(TABLE src, DESCRIPTOR(ts), INTERVAL '5' SECOND))
        GROUP BY k, window_start, window_end;
      INSERT INTO flat SELECT k, v, RAND(), CAST(PROCTIME() AS STRING) FROM src WHERE MOD(v, 3) <> 0;
      INSERT INTO sums SELECT k, SUM(v), COUNT(*) FROM src GROUP BY k;
    END;`;
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Records come a few at a time into splits that are closed and followed by others, whatever the process does. */
function feed(test: TestEngine, count: number, random: () => number): void {
  const { world } = test;
  let next = 0;
  let open = ["a", "b"].map((id) => world.split(id));
  test.outside = () => {
    if (world.isBounded) return;
    for (let more = Math.floor(random() * 4); more > 0 && next < count; more -= 1) {
      const split = open[Math.floor(random() * open.length)];
      split?.records.push(recordOf(next));
      next += 1;
      world.changed(random() < 0.5 ? split?.id : undefined);
    }
    const first = open[0];
    if (first !== undefined && first.records.length > 4 && next < count) {
      first.isClosed = true;
      open = [...open.slice(1), world.split(`${first.id}+`, [first.id])];
      world.changed();
    }
    if (next < count) return;
    for (const split of open) split.isClosed = true;
    world.isBounded = true;
    world.changed();
  };
}

function recordOf(v: number): string {
  const ts = new Date(Date.UTC(2026, 0, 1) + v * 1000).toISOString().slice(0, 19).replace("T", " ");
  return JSON.stringify({ k: v % 5, v, ts });
}

/** Runs the program to its end, with a crash before each of the given steps of the processes. */
async function run(scenario: Scenario, crashes: readonly number[], seed: number): Promise<TestEngine> {
  const test = new TestEngine();
  const random = randomOf(seed);
  test.world.random = random;
  test.world.isTransient = true;
  test.world.beforeWrite = () => {
    if (random() < 0.05) throw new Error("throttled");
  };
  feed(test, scenario.records, random);
  test.options = {
    parallelism: scenario.parallelism,
    checkpointIntervalMs: scenario.checkpointIntervalMs,
  };
  const text = program(scenario);
  let isStarted = false;
  for (const [life, crashAt] of [...crashes, undefined].entries()) {
    if (life > 0) test.restart(random, crashAt);
    else if (crashAt !== undefined) test.crashAt(crashAt);
    let outcome: string | undefined;
    void (isStarted ? test.resume(text) : test.start(text)).then(
      () => {
        outcome = "started";
      },
      (error: unknown) => {
        outcome = String(error);
      },
    );
    const isOver = (): boolean => test.ends.length > 0 || (outcome !== undefined && outcome !== "started");
    expect(await test.until(() => test.point.isDead || isOver())).toBe(true);
    isStarted ||= outcome === "started";
    if (!test.point.isDead) expect([outcome, test.ends]).toEqual(["started", [undefined]]);
    if (!test.point.isDead) return test;
    test.ends = [];
  }
  return test;
}

const inserted = (values: readonly number[]): ChangelogRow => ({ kind: "+I", values });

function check({ world }: TestEngine, count: number): void {
  const records = Array.from({ length: count }, (_, at) => ({ k: at % 5, v: at }));
  const flat = world.rows("flat").map(({ kind, values }) => ({ kind, values: values.slice(0, 2) }));
  const expectedFlat = records.filter(({ v }) => v % 3 !== 0).map(({ k, v }) => inserted([k, v]));
  expect(materialize(flat)).toEqual(materialize(expectedFlat));
  const expectedSums = [0, 1, 2, 3, 4].map((key) => {
    const mine = records.filter(({ k }) => k === key);
    return inserted([key, mine.reduce((sum, { v }) => sum + v, 0), mine.length]);
  });
  expect(materialize(world.rows("sums"))).toEqual(materialize(expectedSums));
  // Which rows are late for the windows is chance; what was given once is not.
  expect(world.rows("wins").length).toBeGreaterThan(0);
  expect(world.differences).toEqual([]);
  expect(world.stagedBlocks()).toBe(0);
}

const small: readonly Scenario[] = [
  {
    name: "prompt and staged",
    flat: "prompt",
    sums: "staged",
    parallelism: 1,
    checkpointIntervalMs: 100,
    records: 6,
  },
  {
    name: "staged and prompt",
    flat: "staged",
    sums: "prompt",
    parallelism: 2,
    checkpointIntervalMs: 100,
    records: 5,
  },
];

it.each(small)(
  "gives the output of an undisturbed run when the process ends at any step: $name",
  async (scenario) => {
    const undisturbed = await run(scenario, [], 1);
    check(undisturbed, scenario.records);
    const steps = undisturbed.point.count;
    for (let step = 1; step <= steps; step += 1) {
      check(await run(scenario, [step], step), scenario.records);
    }
  },
  120_000,
);

const large: readonly Scenario[] = [
  { name: "prompt", flat: "prompt", sums: "prompt", parallelism: 2, checkpointIntervalMs: 0, records: 50 },
  { name: "staged", flat: "staged", sums: "staged", parallelism: 4, checkpointIntervalMs: 100, records: 50 },
  { name: "both", flat: "prompt", sums: "staged", parallelism: 4, checkpointIntervalMs: 200, records: 50 },
  {
    name: "one subtask",
    flat: "prompt",
    sums: "prompt",
    parallelism: 1,
    checkpointIntervalMs: 50,
    records: 50,
  },
];

it.each(large)(
  "gives it after several crashes, of the recovery too: $name",
  async (scenario) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = randomOf(seed * 7919);
      const crashes = Array.from({ length: 4 }, () => 1 + Math.floor(random() * random() * 500));
      check(await run(scenario, crashes, seed), scenario.records);
    }
  },
  120_000,
);

it("makes visible what was staged before a crash, also when nothing comes afterwards", async () => {
  const test = new TestEngine();
  const text = `
    CREATE TABLE src (v INT) WITH ('connector' = 'script', 'format' = 'json');
    CREATE TABLE flat (v INT) WITH ('connector' = 'staged', 'format' = 'json');
    CREATE TABLE seen (v INT) WITH ('connector' = 'prompt', 'format' = 'json');
    EXECUTE STATEMENT SET BEGIN
      INSERT INTO flat SELECT v FROM src;
      INSERT INTO seen SELECT v FROM src;
    END;`;
  test.options = { checkpointIntervalMs: 3_600_000 };
  test.world.split("a").records.push(JSON.stringify({ v: 1 }));
  await test.start(text);
  expect(await test.until(() => test.world.rows("seen").length > 0)).toBe(true);
  expect(test.world.rows("flat")).toEqual([]);
  test.restart(randomOf(1));
  test.options = { checkpointIntervalMs: 1_000 };
  await test.resume(text);
  expect(await test.until(() => test.world.rows("flat").length > 0)).toBe(true);
  for (const name of ["flat", "seen"])
    expect(test.world.rows(name).map(({ values }) => values)).toEqual([[1]]);
  await test.engine.close();
});
