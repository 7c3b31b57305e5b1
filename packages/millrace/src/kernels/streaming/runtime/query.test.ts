import { expect, it } from "vitest";
import type { InteractiveQuery } from "../engine-port.ts";
import { TestEngine } from "./test-engine.ts";

const source =
  "CREATE TABLE src (k INT, v BIGINT, m MAP<STRING, INT>) WITH ('connector' = 'script', 'format' = 'json')";

function query(test: TestEngine, text: string, program = source): Promise<InteractiveQuery> {
  const context = { account: "0", region: "r", roleArn: undefined, sourceArn: "arn" };
  const signal = new AbortController().signal;
  return test.engine.query(test.program(program), text, {
    ...{ ...context, startedMs: test.clock.now(), signal },
    log: (level, message) => test.logs.push(`${level}: ${message}`),
  });
}

it("hands out the changes of a query as they come, and ends with its sources", async () => {
  const test = new TestEngine();
  const split = test.world.split("a");
  for (const v of [1, 2, 3]) split.records.push(JSON.stringify({ k: v % 2, v, m: { a: v } }));
  split.isClosed = true;
  test.world.isBounded = true;
  test.world.maxRead = 1;
  const asked = await query(test, "SELECT k, SUM(v) AS s FROM src GROUP BY k");
  expect(asked.columns).toEqual([
    { name: "k", type: "INT" },
    { name: "s", type: "BIGINT" },
  ]);
  const rows = [];
  for await (const some of asked.rows) rows.push(...some);
  expect(rows).toEqual([
    { kind: "+I", values: [1, "1"] },
    { kind: "+I", values: [0, "2"] },
    { kind: "-U", values: [1, "1"] },
    { kind: "+U", values: [1, "4"] },
  ]);
  expect(test.files.paths()).toEqual([]);
});

it("shows values of all types, and names that are there twice", async () => {
  const test = new TestEngine();
  const values =
    "SELECT 1 AS a, 'x' AS a, CAST(NULL AS INT) AS n, TIMESTAMP '2026-01-01 00:00:00' AS t, MAP['a', 1] AS m";
  const asked = await query(test, values, "");
  const rows = [];
  for await (const some of asked.rows) rows.push(...some);
  expect(rows).toEqual([{ kind: "+I", values: [1, "x", null, "2026-01-01 00:00:00", "{a=1}"] }]);
});

it("stands still while nobody fetches, and is stopped in the middle", async () => {
  const test = new TestEngine();
  const split = test.world.split("a");
  for (let v = 0; v < 30_000; v += 1) split.records.push(`{"k":1,"v":${v}}`);
  test.world.maxRead = 4000;
  test.world.random = () => 0.999;
  const asked = await query(test, "SELECT v FROM src");
  for (let turn = 0; turn < 30; turn += 1) await test.settle();
  const reads = test.world.readCount;
  await test.settle();
  expect([reads, test.world.readCount]).toEqual([expect.any(Number), reads]);
  expect(reads).toBeLessThan(8);
  let seen = 0;
  for await (const some of asked.rows) {
    seen += some.length;
    if (seen > 20_000) break;
  }
  await asked.stop();
  expect(seen).toBeGreaterThan(20_000);
  const after = test.world.readCount;
  test.world.changed();
  await test.settle();
  expect(test.world.readCount).toBe(after);
});

it("throws what has ended it to whoever fetches", async () => {
  const test = new TestEngine();
  test.world.split("a").records.push("no json");
  const asked = await query(test, "SELECT v FROM src");
  await expect(asked.rows[Symbol.asyncIterator]().next()).rejects.toThrow("src");
  await asked.stop();
});

it("is refused where it is no query, and where its text is wrong", async () => {
  const test = new TestEngine();
  await expect(query(test, "DROP TABLE src")).rejects.toMatchObject({ sqlState: "42601" });
  const shown = await query(test, "SHOW TABLES");
  const rows = [];
  for await (const some of shown.rows) rows.push(...some);
  expect(rows).toEqual([{ kind: "+I", values: ["src"] }]);
  await expect(query(test, "SELECT nothing FROM src")).rejects.toMatchObject({ sqlState: "42703" });
});

it("checks programs without running them", async () => {
  const test = new TestEngine();
  const sink = "CREATE TABLE o (v BIGINT) WITH ('connector' = 'prompt', 'format' = 'json')";
  const check = (text: string): Promise<unknown> => test.engine.check(test.program(text));
  expect(await check(`${source}; ${sink}; INSERT INTO o SELECT v FROM src`)).toMatchObject({
    sources: [{ name: "default_catalog.default_database.src", connector: "script" }],
    sinks: [{ connector: "prompt" }],
    inserts: 1,
  });
  expect(test.world.readCount).toBe(0);
  await expect(check(source)).rejects.toThrow("The program inserts nothing");
  await expect(check(`${source}; SELECT v FROM src`)).rejects.toMatchObject({ position: source.length + 2 });
  await expect(check(`${source}; ${sink}; INSERT INTO src SELECT v FROM o`)).rejects.toThrow();
  await expect(check(`${source}; ${sink}; INSERT INTO o SELECT x FROM src`)).rejects.toMatchObject({
    sqlState: "42703",
  });
  const nope = sink.replace("prompt", "nope");
  await expect(check(`${source}; ${nope}; INSERT INTO o SELECT v FROM src`)).rejects.toMatchObject({
    sqlState: "42704",
    message: expect.stringContaining("there are prompt, script, staged"),
  });
  const avro = sink.replace("json", "avro");
  await expect(check(`${source}; ${avro}; INSERT INTO o SELECT v FROM src`)).rejects.toThrow("avro");
  expect(
    await test.engine.explain(test.program(`${source}; ${sink}; INSERT INTO o SELECT v FROM src`)),
  ).toContain("Sink(");
});
