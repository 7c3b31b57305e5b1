import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import {
  TestSession,
  testKey,
  testSpec,
} from "../../../packages/millrace/src/kernels/warehouse/test-warehouse.ts";
import { Warehouse } from "../../../packages/millrace/src/kernels/warehouse/warehouse.ts";
import { SmallDisk } from "../../fixtures/small-disk.ts";

const rowsPerLoad = 3_000;
const mostLoads = 200;

function open(dir: string): Warehouse {
  const limits = { threads: 1, memoryLimitBytes: 200_000_000 };
  return new Warehouse({ dir, durability: "full", clock: systemClock, log: silentLogger, ...limits });
}

async function connect(warehouse: Warehouse): Promise<TestSession> {
  const session = await warehouse.cluster(testKey)?.openSession({
    ...{ user: "awsuser", database: "dev", client: "test", applicationName: "", tls: false },
    settings: new Map(),
    events: { notice: () => {}, parameter: () => {}, terminated: () => {} },
  });
  if (session === undefined) throw new Error("there is no cluster");
  return new TestSession(session, []);
}

/** A cluster that opens its databases anew refuses sessions for a moment. */
async function reconnect(warehouse: Warehouse): Promise<TestSession> {
  await expect.poll(() => warehouse.cluster(testKey)?.refusal(), { timeout: 20_000 }).toBeUndefined();
  return connect(warehouse);
}

test("on a full disk statements fail as a whole, nothing is lost, and space helps", async () => {
  using disk = new SmallDisk(24);
  const ballast = path.join(disk.dir, "ballast");
  fs.writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024));
  const dir = path.join(disk.dir, "warehouse");
  let warehouse = open(dir);
  await warehouse.create(testKey, testSpec);
  let session = await connect(warehouse);
  await session.rows("create table t(load int, a varchar(300))");
  let loads = 0;
  /** Until the disk is full. Where a checkpoint did not fit, sessions end and have to come again. */
  const fill = async (): Promise<string> => {
    for (let attempt = 0; attempt < mostLoads; attempt++) {
      const error = await session.error(
        `insert into t select ${loads}, sha2(g::varchar, 512) || sha2((g + ${loads})::varchar, 256)
         from generate_series(1, ${rowsPerLoad}) as s(g)`,
      );
      if (error === "no error") loads++;
      else if (error.startsWith("57P01")) session = await reconnect(warehouse);
      else return error;
    }
    return "the disk is not full";
  };
  const verify = async (): Promise<void> =>
    expect(await session.rows("select count(*), count(distinct load) from t")).toEqual([
      [String(loads * rowsPerLoad), String(loads)],
    ]);
  expect(await fill()).toBe("53100 Disk Full");
  const whenFull = loads;
  expect(whenFull).toBeGreaterThan(3);
  await verify();
  expect(await session.error("create table u as select * from t")).toBe("53100 Disk Full");
  fs.rmSync(ballast);
  session = await reconnect(warehouse);
  expect(await session.error("select * from u")).toContain("42P01");
  await verify();
  expect(await fill()).toBe("53100 Disk Full");
  expect(loads).toBeGreaterThan(whenFull);
  session = await reconnect(warehouse);
  await verify();
  await warehouse.close();
  warehouse = open(dir);
  session = await connect(warehouse);
  await verify();
  await warehouse.close();
});
