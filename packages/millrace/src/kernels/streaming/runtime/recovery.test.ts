import { expect, it } from "vitest";
import { TestEngine } from "./test-engine.ts";
import { materialize } from "./test-runner.ts";

const source = `
  CREATE TABLE src (k INT, v INT) WITH ('connector' = 'script', 'format' = 'json');`;

function program(flat: string, sums: string): string {
  return `${source}
    CREATE TABLE flat (k INT, v INT) WITH ('connector' = '${flat}', 'format' = 'json');
    CREATE TABLE sums (k INT, s INT, n BIGINT) WITH ('connector' = '${sums}', 'format' = 'json');
    EXECUTE STATEMENT SET BEGIN
      INSERT INTO flat SELECT k, v FROM src WHERE MOD(v, 3) <> 0;
      INSERT INTO sums SELECT k, SUM(v), COUNT(*) FROM src GROUP BY k;
    END;`;
}

const records = Array.from({ length: 24 }, (_, at) => ({ k: at % 5, v: at }));

function fill(test: TestEngine): void {
  const { world } = test;
  world.isBounded = true;
  for (const [at, id] of ["a", "b", "c"].entries()) {
    const split = world.split(id, id === "c" ? ["a"] : []);
    for (const [index, record] of records.entries()) {
      if (index % 3 === at) split.records.push(JSON.stringify(record));
    }
    split.isClosed = true;
  }
}

const expectedFlat = records.filter(({ v }) => v % 3 !== 0).map(({ k, v }) => [k, v]);
const expectedSums = [0, 1, 2, 3, 4].map((key) => {
  const mine = records.filter(({ k }) => k === key);
  return [key, mine.reduce((sum, { v }) => sum + v, 0), mine.length];
});

function check(test: TestEngine): void {
  expect(materialize(test.world.rows("flat"))).toEqual(
    materialize(expectedFlat.map((values) => ({ kind: "+I", values }))),
  );
  expect(materialize(test.world.rows("sums"))).toEqual(
    materialize(expectedSums.map((values) => ({ kind: "+I", values }))),
  );
}

it("runs a bounded program to its end, and what was staged is visible", async () => {
  const test = new TestEngine();
  fill(test);
  const job = await test.start(program("prompt", "staged"));
  expect(await test.until(() => test.ends.length > 0)).toBe(true);
  expect(test.ends).toEqual([undefined]);
  expect(job.state()).toBe("finished");
  check(test);
  expect(test.world.stagedBlocks()).toBe(0);
});
