/*
 * Run as `node warehouse-resizer.ts <directory>` by warehouse-resize.test.ts: resizes a cluster and adds rows by
 * turns. It says on a line of its own what it begins, and another one when that was acknowledged.
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../packages/millrace/src/core/logger.ts";
import { TestSession, testKey } from "../../packages/millrace/src/kernels/warehouse/test-warehouse.ts";
import { Warehouse } from "../../packages/millrace/src/kernels/warehouse/warehouse.ts";

export interface Line {
  readonly what: "begin" | "done";
  readonly kind: "resize" | "load" | "vacuum";
  /** Of a resize the nodes, of a load the number of the row. */
  readonly number: number;
}

const [, , dir = ""] = process.argv;
const warehouse = new Warehouse({
  ...{ dir, durability: "full", clock: systemClock, log: silentLogger, threads: 1 },
});
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

async function acknowledged(kind: Line["kind"], number: number, work: () => Promise<unknown>): Promise<void> {
  say({ what: "begin", kind, number });
  await work();
  say({ what: "done", kind, number });
}

async function connect(): Promise<TestSession> {
  const session = await warehouse.cluster(testKey)?.openSession({
    ...{ user: "awsuser", database: "dev", client: "resizer", applicationName: "", tls: false },
    settings: new Map(),
    events: { notice: () => {}, parameter: () => {}, terminated: () => {} },
  });
  if (session === undefined) throw new Error("there is no cluster");
  return new TestSession(session, []);
}

const [[last] = []] = await (await connect()).rows("select coalesce(max(a), 0) from keyed");
let next = Number(last) + 1;
for (let nodes = warehouse.state(testKey)?.shape.nodes ?? 1; ; nodes = (nodes % 8) + 1) {
  await acknowledged("resize", nodes, () => warehouse.resize(testKey, { nodeType: "ra3.xlplus", nodes }));
  const session = await connect();
  for (let count = 0; count < 3; count++) {
    const number = next++;
    await acknowledged("load", number, () =>
      session.rows(
        `begin; insert into keyed values (${number}); insert into even values (${number}); commit`,
      ),
    );
  }
  await acknowledged("vacuum", 0, () => session.rows("vacuum keyed to 100 percent"));
}
