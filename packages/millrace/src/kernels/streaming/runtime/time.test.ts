import { expect, it } from "vitest";
import type { Job } from "../engine-port.ts";
import { TestEngine } from "./test-engine.ts";
import { materialize } from "./test-runner.ts";

function tables(options = ""): string {
  return `
    CREATE TABLE src (k INT, ts TIMESTAMP(3), p AS PROCTIME(), WATERMARK FOR ts AS ts)
      WITH ('connector' = 'script', 'format' = 'json'${options});
    CREATE TABLE counts (k INT, n BIGINT) WITH ('connector' = 'prompt', 'format' = 'json');`;
}

const eventTime = `
  INSERT INTO counts SELECT k, COUNT(*)
  FROM TABLE(TUMBLE(TABLE src, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;`;
const processingTime = `
  INSERT INTO counts SELECT k, COUNT(*)
  FROM TABLE(TUMBLE(TABLE src, DESCRIPTOR(p), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end;`;

function put(test: TestEngine, id: string, k: number, second: number): void {
  const split = test.world.splits.find((known) => known.id === id) ?? test.world.split(id);
  split.records.push(JSON.stringify({ k, ts: `2026-01-01 00:00:${String(second).padStart(2, "0")}` }));
  test.world.changed();
}

async function started(test: TestEngine, text: string): Promise<Job> {
  const starting = test.start(text);
  await test.settle();
  return await starting;
}

async function pass(test: TestEngine, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    test.clock.advance(Math.min(left, 500));
    await test.settle();
  }
}

it("closes windows by the least watermark of the splits, of which idle ones do not count", async () => {
  const test = new TestEngine();
  test.world.split("quiet");
  const idle = ", 'scan.watermark.idle-timeout' = '5 s'";
  const job = await started(test, `${tables(idle)}${eventTime}`);
  await pass(test, 100);
  put(test, "a", 1, 3);
  put(test, "a", 1, 25);
  await test.settle();
  expect(test.world.rows("counts")).toEqual([]);
  expect(job.metrics().watermarkMs).toBeUndefined();
  await pass(test, 4500);
  expect(test.world.rows("counts")).toEqual([]);
  await pass(test, 1000);
  expect(materialize(test.world.rows("counts"))).toEqual([[1, 1]]);
  // The split that was idle comes back with a row that is late.
  put(test, "quiet", 2, 4);
  await test.settle();
  expect(job.metrics().lateRows).toBe(1);
  expect(job.metrics().watermarkMs).toBe(Date.UTC(2026, 0, 1, 0, 0, 25));
});

it("waits for a child that is read after its parent, and for all subtasks", async () => {
  const test = new TestEngine();
  test.options = { parallelism: 4 };
  test.world.split("parent");
  test.world.split("child", ["parent"]);
  put(test, "child", 1, 5);
  await started(test, `${tables()}${eventTime}`);
  put(test, "parent", 1, 2);
  put(test, "other", 2, 59);
  await pass(test, 1000);
  expect(test.world.rows("counts")).toEqual([]);
  for (const split of test.world.splits) if (split.id === "parent") split.isClosed = true;
  put(test, "parent", 1, 50);
  await pass(test, 1000);
  // The child's rows are older than the parent's last one, and not late: it was there when the parent ended.
  put(test, "child", 1, 58);
  await pass(test, 1000);
  expect(materialize(test.world.rows("counts"))).toEqual([[1, 2]]);
});

it("wakes for windows of processing time although nothing comes, also after a crash", async () => {
  const test = new TestEngine();
  const text = `${tables()}${processingTime}`;
  await started(test, text);
  put(test, "a", 1, 0);
  put(test, "a", 1, 0);
  await pass(test, 4000);
  expect(test.world.rows("counts")).toEqual([]);
  await pass(test, 7000);
  expect(materialize(test.world.rows("counts"))).toEqual([[1, 2]]);
  put(test, "a", 2, 0);
  await pass(test, 1500);
  test.restart(() => 0.3);
  const resuming = test.resume(text);
  await test.settle();
  await resuming;
  await pass(test, 10_000);
  expect(materialize(test.world.rows("counts"))).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(test.world.differences).toEqual([]);
});

it("emits what is left when bounded sources have ended", async () => {
  const test = new TestEngine();
  put(test, "a", 1, 3);
  put(test, "b", 1, 4);
  for (const split of test.world.splits) split.isClosed = true;
  test.world.isBounded = true;
  test.options = { parallelism: 2 };
  await test.start(`${tables()}${eventTime}`);
  await test.until(() => test.ends.length > 0);
  expect(materialize(test.world.rows("counts"))).toEqual([[1, 2]]);
});

it("gives each round's time to functions, the same in all rows", async () => {
  const test = new TestEngine();
  await started(
    test,
    `${tables()} CREATE TABLE times (t STRING) WITH ('connector' = 'prompt', 'format' = 'json');
     INSERT INTO times SELECT CAST(CURRENT_TIMESTAMP AS STRING) FROM src;`,
  );
  put(test, "a", 1, 0);
  await test.settle();
  expect(test.world.rows("times")).toHaveLength(1);
  expect(String(test.world.rows("times")[0]?.values[0])).toContain("2026-01-01 00:00:00");
});

it("goes on from a snapshot with the splits it had: those that stay quiet hold the watermark", async () => {
  const test = new TestEngine();
  const text = `${tables()}${eventTime}`;
  const job = await started(test, text);
  put(test, "a", 1, 3);
  put(test, "b", 1, 4);
  await pass(test, 500);
  const stopping = job.stop({ snapshot: "one" });
  await test.settle();
  await stopping;
  const starting = test.start(text, "one");
  await test.settle();
  const again = await starting;
  put(test, "a", 1, 25);
  await pass(test, 500);
  expect(test.world.rows("counts")).toEqual([]);
  expect(again.metrics().watermarkMs).toBe(Date.UTC(2026, 0, 1, 0, 0, 4));
  put(test, "b", 1, 26);
  await pass(test, 500);
  expect(materialize(test.world.rows("counts"))).toEqual([[1, 2]]);
});

it("reads many splits a few hundred at a time, all of them once", async () => {
  const test = new TestEngine();
  for (let at = 0; at < 1500; at += 1) put(test, `file ${at}`, at % 3, at % 60);
  for (const split of test.world.splits) split.isClosed = true;
  test.world.isBounded = true;
  const flat = "CREATE TABLE flat (k INT) WITH ('connector' = 'prompt', 'format' = 'json')";
  await test.start(`${tables()} ${flat}; INSERT INTO flat SELECT k FROM src;`);
  await test.until(() => test.ends.length > 0);
  expect(test.world.rows("flat")).toHaveLength(1500);
  expect(test.world.mostReads).toBe(512);
});
