/*
 * Run as `node producer.ts <directory> <kind> <seed> produce|drain` by kill-nine.test.ts. Producing, it appends
 * to a pipeline as fast as it can and prints the numbers of acknowledged records, `<from> <to>` on a line, until
 * it is killed. Draining, it delivers what is left and ends.
 */
import fs, { writeSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../../packages/millrace/src/core/logger.ts";
import { SqlFile } from "../../../packages/millrace/src/core/sql-file.ts";
import {
  type ConsumerPlan,
  DeliveryPipelines,
  deliveryLogDefaults,
  type Partitioning,
  type Processor,
  positionSchema,
} from "../../../packages/millrace/src/kernels/delivery/index.ts";
import {
  CountingObserver,
  errorOutput,
  failure,
  ListEncoder,
  textOf,
} from "../../../packages/millrace/src/kernels/delivery/test-delivery.ts";
import { LogStore } from "../../../packages/millrace/src/kernels/log/index.ts";
import { seededRandom } from "../../../packages/millrace/src/kernels/log/log-fixture.ts";
import { DirectorySink } from "./directory-sink.ts";

const [dir = "", kind = "plain", seedText = "0", work = "produce"] = process.argv.slice(2);
const random = seededRandom(Number(seedText));
const clock = systemClock;
fs.mkdirSync(dir, { recursive: true });

const partitioning: Partitioning = {
  maxActivePartitions: 5,
  partitionOf: (record) => ({ id: textOf(record).split("/")[1] ?? "" }),
  overflow: (record) => failure(record, "too-many"),
};

/** Answers differently each time, after a while. */
const unsteady: Processor = {
  isDeterministic: false,
  hints: { maxBytes: 20_000, maxAgeMs: 5 },
  process: async (records) => {
    await new Promise((resolve) => setImmediate(resolve));
    const mark = Math.random();
    return {
      records: records.map((record) => ({ ...record, data: Buffer.from(`${textOf(record)}/${mark}`) })),
      failed: [],
    };
  },
};

const hints = { maxBytes: 30_000, maxAgeMs: 20 };
const plan: ConsumerPlan = {
  name: "destination",
  processors: kind === "staged" ? [unsteady] : [],
  ...(kind !== "plain" && { partitioning }),
  hints,
  sink: new DirectorySink(path.join(dir, "objects"), random),
  encoder: () => new ListEncoder(false),
  errors: errorOutput(new DirectorySink(path.join(dir, "errors"), random), {
    hints,
    format: ({ record }) => record.data,
  }),
};
const logs = new LogStore({
  dir: path.join(dir, "logs"),
  clock,
  log: silentLogger,
  defaults: { ...deliveryLogDefaults({ mode: "sync" }), segmentMaxBytes: 100_000 },
});
const file = path.join(dir, "positions.sqlite");
const positions = new SqlFile({ path: file, sync: "full", schema: positionSchema });
const limits = {
  trimStepBytes: 50_000,
  idleTrimBytes: 10_000,
  maxReadBytes: 20_000,
  maxClosedBytes: 100_000,
};
const pipelines = new DeliveryPipelines({ logs, positions, clock, log: silentLogger, limits });
const pipeline = await pipelines.open({
  id: "p.1",
  plan: { consumers: [plan] },
  observer: new CountingObserver(),
});
let next = Number(seedText);

async function produce(): Promise<never> {
  for (;;) {
    const from = next;
    next += 1 + Math.floor(random() * 50);
    const to = next;
    const records = Array.from({ length: to - from }, (_, i) => {
      return Buffer.from(`${from + i}/${Math.floor(random() * 12)}/${"x".repeat(random() * 300)}`);
    });
    await pipeline.append(records);
    // A synchronous write: what was acknowledged here is in the pipe before the next line runs.
    writeSync(1, `${from} ${to}\n`);
  }
}

// The clock's timers do not keep a process alive.
const alive = setInterval(() => {}, 60_000);
if (work === "produce") await Promise.all([produce(), produce(), produce()]);
await pipeline.flush();
clearInterval(alive);
await pipelines.close();
await logs.close();
positions.close();
