import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ManualClock, systemClock } from "../../../core/clock.ts";
import { createStreamingEngine } from "../engine.ts";
import type { JobOptions, ProgramText, StreamingEngine } from "../engine-port.ts";
import { materialize } from "./test-runner.ts";
import { CrashPoint, World } from "./test-world.ts";
import { ThreadHost } from "./thread-host.ts";

let directory: string;
let world: World;
let engine: StreamingEngine;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "millrace-streaming-"));
  world = new World();
  engine = newEngine();
});

afterEach(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

function newEngine(host?: ThreadHost): StreamingEngine {
  return createStreamingEngine({
    ...(host === undefined ? {} : { host }),
    directory,
    clock: systemClock,
    connectors: world.connectors(new CrashPoint()),
  });
}

function program(text: string): ProgramText {
  const context = { account: "0", region: "r", roleArn: undefined, sourceArn: "arn" };
  return { text, dialect: "flink", context };
}

function options(parallelism: number): { options: JobOptions; ended: Promise<Error | undefined> } {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  return {
    ended: promise,
    options: {
      ...{ parallelism, checkpointIntervalMs: 60_000, minPauseMs: 0, maxStateBytes: 1e9 },
      events: { log: () => undefined, ended: resolve },
    },
  };
}

const start = { key: "job", restoreFrom: undefined, allowNonRestoredState: false };
const text = `
  CREATE TEMPORARY FUNCTION twice AS '/* (v INT) RETURNS INT */ (v) => v * 2' LANGUAGE JAVASCRIPT;
  CREATE TABLE src (k STRING, v INT) WITH ('connector' = 'script', 'format' = 'json');
  CREATE TABLE sums (k STRING, s INT, n BIGINT) WITH ('connector' = 'staged', 'format' = 'json');
  INSERT INTO sums SELECT k, SUM(twice(v)), COUNT(*) FROM src GROUP BY k;`;

const records = Array.from({ length: 300 }, (_, at) => ({ k: `key ${at % 7}`, v: at }));
const expected = Array.from({ length: 7 }, (_, key) => {
  const mine = records.filter(({ k }) => k === `key ${key}`);
  return {
    kind: "+I" as const,
    values: [`key ${key}`, mine.reduce((sum, { v }) => sum + 2 * v, 0), mine.length],
  };
});

function fill(from: number, to: number): void {
  world.maxRead = 50;
  for (const [index, record] of records.slice(from, to).entries()) {
    world.splits[index % world.splits.length]?.records.push(JSON.stringify(record));
  }
}

it.each([1, 3])("runs in %i threads, with functions and exchanges", async (parallelism) => {
  for (const id of ["a", "b", "c"]) world.split(id).isClosed = true;
  world.isBounded = true;
  fill(0, 300);
  const { options: jobOptions, ended } = options(parallelism);
  const job = await engine.start({ ...start, program: program(text), options: jobOptions });
  expect(await ended).toBeUndefined();
  expect(materialize(world.rows("sums"))).toEqual(materialize(expected));
  expect(job.metrics()).toMatchObject({ recordsIn: 300, restarts: 0 });
  expect(job.metrics().cpuSeconds).toBeGreaterThan(0);
});

it("goes on where the process ended, in files of the real file system", async () => {
  for (const id of ["a", "b", "c"]) world.split(id);
  fill(0, 100);
  const first = options(2);
  const job = await engine.start({ ...start, program: program(text), options: first.options });
  await job.snapshot("one");
  await engine.close();
  expect(job.state()).toBe("stopped");
  fill(100, 200);
  engine = newEngine();
  const second = options(2);
  const resumed = await engine.resume("job", program(text), second.options);
  await resumed.stop({ snapshot: "two" });
  expect((await engine.snapshots("job")).map(({ name }) => name)).toEqual(["one", "two"]);
  fill(200, 300);
  for (const split of world.splits) split.isClosed = true;
  world.isBounded = true;
  const third = options(3);
  await engine.start({ ...start, program: program(text), options: third.options, restoreFrom: "two" });
  expect(await third.ended).toBeUndefined();
  expect(materialize(world.rows("sums"))).toEqual(materialize(expected));
});

it("fails with the reason of the thread that could not go on", async () => {
  world.split("a").records.push("{ not json");
  const { options: jobOptions } = options(1);
  const job = await engine.start({ ...start, program: program(text), options: jobOptions });
  while (job.state() === "running") await new Promise((resolve) => setImmediate(resolve));
  expect(job.state()).toBe("restarting");
  expect(job.metrics().restarts).toBe(1);
});

it("fails when a thread ends by itself", async () => {
  world.split("a");
  engine = newEngine(new ThreadHost({ maxHeapMiB: 6 }));
  const { options: jobOptions } = options(2);
  await expect(engine.start({ ...start, program: program(text), options: jobOptions })).rejects.toThrow(
    /memory/,
  );
});

it("ends although a sink keeps it waiting", async () => {
  const clock = new ManualClock();
  engine = createStreamingEngine({ directory, clock, connectors: world.connectors(new CrashPoint()) });
  world.isTransient = true;
  const isWriting = Promise.withResolvers<void>();
  world.beforeWrite = () => {
    isWriting.resolve();
    throw new Error("throttled");
  };
  for (const id of ["a", "b", "c"]) world.split(id);
  fill(0, 3);
  const { options: jobOptions } = options(1);
  const job = await engine.start({ ...start, program: program(text), options: jobOptions });
  clock.advance(5);
  await isWriting.promise;
  const closing = engine.close();
  for (let second = 0; second < 11; second += 1) {
    clock.advance(1000);
    await new Promise((done) => setImmediate(done));
  }
  await closing;
  expect(job.state()).toBe("stopped");
});
