import { describe, expect, it } from "vitest";
import type { Job } from "../engine-port.ts";
import { TestEngine } from "./test-engine.ts";
import { type ChangelogRow, materialize } from "./test-runner.ts";

const tables = `
  CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'script', 'format' = 'json');
  CREATE TABLE flat (k INT, v BIGINT) WITH ('connector' = 'prompt', 'format' = 'json');
  CREATE TABLE sums (k INT, s BIGINT) WITH ('connector' = 'staged', 'format' = 'json');`;
const flatText = `${tables} INSERT INTO flat SELECT k, v FROM src;`;
const sumsText = `${tables} INSERT INTO sums SELECT k, SUM(v) FROM src GROUP BY k;`;
const bothText = `${tables}
  EXECUTE STATEMENT SET BEGIN
    INSERT INTO flat SELECT k, v FROM src;
    INSERT INTO sums SELECT k, SUM(v) FROM src GROUP BY k;
  END;`;

const random = (): number => 0.5;

function put(test: TestEngine, id: string, ...rows: readonly { k: number; v: number | string }[]): void {
  const split = test.world.splits.find((known) => known.id === id) ?? test.world.split(id);
  for (const { k, v } of rows) split.records.push(`{"k":${k},"v":${v}}`);
  test.world.changed();
}

function end(test: TestEngine): void {
  for (const split of test.world.splits) split.isClosed = true;
  test.world.isBounded = true;
  test.world.changed();
}

const values = (rows: readonly ChangelogRow[]): readonly unknown[] => materialize(rows);

async function started(test: TestEngine, text: string): Promise<Job> {
  const starting = test.start(text);
  await test.settle();
  return await starting;
}

describe("snapshots", () => {
  it("are taken while the job runs, and a start from one has its state, whatever the parallelism", async () => {
    const test = new TestEngine();
    const job = await started(test, bothText);
    put(test, "a", { k: 1, v: 10 }, { k: 2, v: 20 });
    put(test, "b", { k: 1, v: 5 }, { k: 3, v: 30 });
    await test.until(() => test.world.rows("flat").length === 4);
    const snapshot = await job.snapshot("one");
    expect(snapshot).toMatchObject({ name: "one", uids: [expect.stringMatching(/\S/)] });
    expect(snapshot.bytes).toBeGreaterThan(0);
    await expect(job.snapshot("one")).rejects.toThrow("There is a snapshot one already.");
    expect(await job.stop({ snapshot: undefined })).toBeUndefined();
    expect(job.state()).toBe("stopped");
    test.options = { parallelism: 3 };
    put(test, "a", { k: 1, v: 100 });
    end(test);
    await test.start(bothText, "one");
    await test.until(() => test.ends.length > 0);
    expect(values(test.world.rows("sums"))).toEqual([
      [1, 115],
      [2, 20],
      [3, 30],
    ]);
    expect(values(test.world.rows("flat")).length).toBe(5);
    expect((await test.engine.snapshots("job")).map(({ name }) => name)).toEqual(["one"]);
    await test.engine.deleteSnapshot("job", "one");
    expect(await test.engine.snapshots("job")).toEqual([]);
  });

  it("with state that the program has no place for are refused, unless it may be dropped", async () => {
    const test = new TestEngine();
    const job = await started(test, bothText);
    put(test, "a", { k: 1, v: 10 });
    await test.until(() => test.world.rows("flat").length === 1);
    await job.stop({ snapshot: "one" });
    await expect(test.start(flatText, "one")).rejects.toThrow(
      "has state of operators that the program does not have",
    );
    await expect(test.start(flatText, "none")).rejects.toThrow("There is no snapshot none.");
    put(test, "a", { k: 2, v: 20 });
    await test.start(flatText, "one", true);
    await test.until(() => test.world.rows("flat").length === 2);
    expect(values(test.world.rows("flat"))).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  it("outlive a crash, and so does the run that began with one and was never checkpointed", async () => {
    const test = new TestEngine();
    test.options = { checkpointIntervalMs: 0 };
    const job = await started(test, sumsText);
    put(test, "a", { k: 1, v: 10 });
    await test.until(() => job.metrics().recordsIn === 1);
    await job.stop({ snapshot: "one" });
    await test.start(sumsText, "one");
    await test.engine.deleteSnapshot("job", "one");
    test.restart(random);
    end(test);
    put(test, "a", { k: 1, v: 1 });
    await test.resume(sumsText);
    await test.until(() => test.ends.length > 0);
    expect(values(test.world.rows("sums"))).toEqual([[1, 11]]);
  });
});

describe("the end of a job", () => {
  it("without a snapshot leaves what was committed and nothing that was staged", async () => {
    const test = new TestEngine();
    test.options = { checkpointIntervalMs: 0 };
    const job = await started(test, sumsText);
    put(test, "a", { k: 1, v: 10 });
    await test.until(() => test.world.stagedBlocks() > 0);
    await job.stop({ snapshot: undefined });
    expect(test.world.stagedBlocks()).toBe(0);
    expect(test.world.rows("sums")).toEqual([]);
    expect(test.ends).toEqual([]);
    await expect(test.resume(sumsText)).rejects.toThrow("The job was not running.");
  });

  it("is remembered, and told to whoever resumes it", async () => {
    const test = new TestEngine();
    put(test, "a", { k: 1, v: 10 });
    end(test);
    await test.start(sumsText);
    await test.until(() => test.ends.length > 0);
    test.restart(random);
    test.ends = [];
    const job = await test.resume(sumsText);
    await test.settle();
    expect([job.state(), test.ends]).toEqual(["finished", [undefined]]);
    await expect(job.snapshot("late")).rejects.toThrow("The job is finished");
  });

  it("does not come while it waits for more, and nothing is polled meanwhile", async () => {
    const test = new TestEngine();
    test.world.split("a");
    const job = await started(test, flatText);
    await test.settle();
    const reads = test.world.readCount;
    const steps = test.point.count;
    for (let minute = 0; minute < 60; minute += 1) {
      test.clock.advance(60_000);
      await test.settle();
    }
    expect(job.state()).toBe("running");
    // The first round wanted to be kept: one checkpoint.
    expect(job.metrics().checkpoints.completed).toBe(1);
    expect(test.world.readCount).toBe(reads);
    expect(test.point.count - steps).toBeLessThan(60);
  });

  it("drops all that the key has kept when it is forgotten", async () => {
    const test = new TestEngine();
    const job = await started(test, flatText);
    await job.stop({ snapshot: "one" });
    await test.engine.forget("job");
    expect(test.files.paths()).toEqual([]);
  });
});

describe("failures", () => {
  it("are tried again three times, and then the job has failed with its reason", async () => {
    const test = new TestEngine();
    put(test, "a", { k: 1, v: 10 });
    const job = await started(test, flatText);
    await test.until(() => test.world.rows("flat").length === 1);
    put(test, "a", { k: 1, v: '"x"' });
    await test.until(() => test.ends.length > 0);
    expect(job.state()).toBe("failed");
    expect(job.metrics().restarts).toBe(3);
    expect(test.ends[0]?.message).toContain("src");
    expect(test.logs.filter((line) => line.includes("is restarted in"))).toHaveLength(3);
    test.ends = [];
    expect((await test.resume(flatText)).state()).toBe("failed");
    await test.settle();
    expect(test.ends[0]?.message).toContain("src");
  });

  it("of the start are told at once", async () => {
    const test = new TestEngine();
    test.world.beforeOpen = () => {
      throw new Error("the stream is gone");
    };
    await expect(test.start(flatText)).rejects.toThrow("the stream is gone");
    expect(test.engine.job("job")).toBeUndefined();
    test.world.beforeOpen = () => undefined;
    const job = await test.start(flatText);
    expect(job.state()).toBe("running");
    await expect(test.start(flatText)).rejects.toThrow("The job is running already.");
  });

  it("of a sink that pass are waited for, and hold the sources back", async () => {
    const test = new TestEngine();
    const job = await started(test, flatText);
    test.world.isTransient = true;
    test.world.beforeWrite = () => {
      throw new Error("throttled");
    };
    for (let at = 0; at < 60; at += 1) put(test, "a", { k: 1, v: at });
    for (let turn = 0; turn < 50; turn += 1) {
      await test.settle();
      test.clock.advance(1000);
    }
    // Two rounds are under way, and one block is read ahead of them.
    expect(test.world.readCount).toBeLessThan(8);
    expect(job.state()).toBe("running");
    test.world.beforeWrite = () => undefined;
    await test.until(() => test.world.rows("flat").length === 60);
    expect(job.metrics().restarts).toBe(0);
    expect(test.logs[0]).toContain("write failed and is tried again in 100 ms: throttled");
  });

  it("of the disk lose a checkpoint, not the job", async () => {
    const test = new TestEngine();
    const job = await started(test, sumsText);
    test.beforeFile = (operation, path) => {
      if (operation === "write" && path.includes("state-")) throw new Error("ENOSPC");
    };
    put(test, "a", { k: 1, v: 10 });
    await test.until(() => job.metrics().checkpoints.failed >= 3);
    await expect(job.snapshot("one")).rejects.toThrow("ENOSPC");
    expect(job.state()).toBe("running");
    expect(job.metrics().restarts).toBe(0);
    test.beforeFile = () => undefined;
    put(test, "a", { k: 1, v: 1 });
    end(test);
    await test.until(() => test.ends.length > 0);
    expect(values(test.world.rows("sums"))).toEqual([[1, 11]]);
  });

  it("of the journal show nothing that is not in it", async () => {
    const test = new TestEngine();
    const job = await started(test, flatText);
    put(test, "a", { k: 1, v: 10 });
    await test.until(() => test.world.rows("flat").length === 1);
    test.beforeFile = (operation, path) => {
      if (operation === "write" && path.includes("journal-")) throw new Error("ENOSPC");
    };
    put(test, "a", { k: 1, v: 11 });
    await test.until(() => job.state() === "restarting");
    expect(test.world.rows("flat")).toHaveLength(1);
    test.beforeFile = () => undefined;
    await test.until(() => test.world.rows("flat").length === 2);
    expect(job.state()).toBe("running");
  });

  it("of doubles that are not exact go on with exact integers", async () => {
    const test = new TestEngine();
    const job = await started(test, bothText);
    put(test, "a", { k: 1, v: 1 });
    await test.until(() => test.world.rows("flat").length === 1);
    put(test, "a", { k: 1, v: "9007199254740993" });
    end(test);
    await test.until(() => test.ends.length > 0);
    expect(test.ends).toEqual([undefined]);
    expect(job.metrics().restarts).toBe(0);
    expect(test.logs.join()).toContain("going on with exact integers");
    expect(test.world.texts("sums")).toContain('{"k":1,"s":9007199254740994}');
    expect(test.world.texts("flat")).toEqual(['{"k":1,"v":1}', '{"k":1,"v":9007199254740993}']);
  });
});

describe("damage on disk", () => {
  async function stopped(): Promise<TestEngine> {
    const test = new TestEngine();
    test.options = { checkpointIntervalMs: 100 };
    const job = await started(test, bothText);
    for (let at = 0; at < 12; at += 1) {
      put(test, "a", { k: at % 3, v: at });
      await test.until(() => test.world.rows("flat").length === at + 1);
      test.clock.advance(100);
      await test.settle();
    }
    expect(job.metrics().checkpoints.completed).toBeGreaterThan(3);
    test.restart(random);
    return test;
  }

  async function finish(test: TestEngine): Promise<void> {
    put(test, "a", { k: 1, v: 100 });
    end(test);
    await test.resume(bothText);
    await test.until(() => test.ends.length > 0);
    expect(test.ends).toEqual([undefined]);
    expect(values(test.world.rows("sums"))).toEqual([
      [0, 18],
      [1, 122],
      [2, 26],
    ]);
    expect(test.world.rows("flat")).toHaveLength(13);
    expect(test.world.differences).toEqual([]);
  }

  function last(test: TestEngine, part: string): string {
    return test.files.paths().findLast((path) => path.includes(part)) ?? "";
  }

  it.each(["checkpoint-", "state-"])("of the newest %s goes back to the one before, aloud", async (part) => {
    const test = await stopped();
    test.files.damage(last(test, part), 30);
    await finish(test);
    expect(test.logs.join()).toContain("is damaged. Going on from the one before.");
  });

  it("of all manifests refuses to go on", async () => {
    const test = await stopped();
    for (const path of test.files.paths()) if (path.includes("checkpoint-")) test.files.damage(path, 30);
    await expect(test.resume(bothText)).rejects.toThrow("is damaged");
  });

  it("in the middle of the journal refuses to go on", async () => {
    const test = new TestEngine();
    test.options = { checkpointIntervalMs: 0 };
    await started(test, flatText);
    for (let at = 0; at < 5; at += 1) {
      put(test, "a", { k: 1, v: at });
      await test.until(() => test.world.rows("flat").length === at + 1);
    }
    test.restart(random);
    test.files.damage(last(test, "journal-"), 30);
    await expect(test.resume(flatText)).rejects.toThrow("is damaged");
  });

  it("of a program is noticed", async () => {
    const test = await stopped();
    await expect(test.resume(flatText)).rejects.toThrow("The job was running another program");
  });
});

it("says in the log which settings nothing goes by", async () => {
  const test = new TestEngine();
  const job = await started(test, `SET 'no.such.option' = '1'; ${flatText}`);
  expect(test.logs).toContain("warn: the option 'no.such.option' is kept, but nothing goes by it");
  await job.stop({ snapshot: undefined });
});
