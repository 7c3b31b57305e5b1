import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildJava } from "../../fixtures/java-program.ts";
import { createStream, kinesisClient } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { KclWorker } from "./kcl-worker.ts";

let classPath: string;
let millrace: MillraceProcess;
let kinesis: KinesisClient;
let workers: KclWorker[] = [];

beforeAll(async () => {
  classPath = await buildJava(import.meta.dirname, "kcl");
  millrace = await MillraceProcess.start();
  kinesis = kinesisClient(millrace.url);
});
afterAll(async () => {
  kinesis.destroy();
  await millrace.dispose();
});
afterEach(async () => {
  for (const worker of workers) await worker.kill();
  workers = [];
});

function start(stream: string, name: string, retrieval: "polling" | "fan-out"): KclWorker {
  const worker = new KclWorker({
    classPath,
    url: millrace.url,
    stream,
    application: `${stream}-app`,
    name,
    retrieval,
  });
  workers.push(worker);
  return worker;
}

/** Puts `count` records in batches; the data say their order within their partition key. */
async function put(stream: string, from: number, count: number): Promise<string[]> {
  const all = Array.from({ length: count }, (_, index) => from + index);
  for (let at = 0; at < all.length; at += 500) {
    const Records = all.slice(at, at + 500).map((number) => ({
      PartitionKey: `key-${number % 50}`,
      Data: Buffer.from(`${number % 50}:${number}`),
    }));
    const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
    expect(FailedRecordCount).toBe(0);
  }
  return all.map((number) => `${number % 50}:${number}`);
}

const processed = (): Set<string> =>
  new Set(workers.flatMap((worker) => [...worker.records.values()].flat()));
const busy = (): KclWorker[] => workers.filter((worker) => worker.records.size > 0);
const waitMs = 240_000;
const wait = { timeout: waitMs, interval: 500 };

/** Waits until all of the records were processed, and shows the workers' logs if they are not. */
async function seen(records: readonly string[]): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const found = processed();
    const missing = records.filter((record) => !found.has(record)).length;
    if (missing === 0) return;
    const nobody = workers.every(({ isRunning }) => !isRunning);
    if (nobody || Date.now() > deadline) {
      const logs = workers.map(({ log }) => log.slice(-4_000)).join("\n----\n");
      throw new Error(
        `${missing} of ${records.length} records were not processed. Logs of the workers:\n${logs}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe.each(["polling", "fan-out"] as const)("a KCL 3 application, %s", (retrieval) => {
  it("processes every record, through the loss of a worker and a reshard", { timeout: 900_000 }, async () => {
    const stream = `kcl-${retrieval}`;
    await createStream(kinesis, stream, 4);
    let records = await put(stream, 0, 2_000);
    const first = start(stream, "first", retrieval);
    await seen(records);

    // Two that begin a new application at the same time may both try to index its table, of which KCL dies.
    start(stream, "second", retrieval);
    // Both get their share of the four shards as soon as they know of each other.
    let next = 2_000;
    await expect
      .poll(
        async () => {
          records = records.concat(await put(stream, next, 100));
          next += 100;
          return busy().length;
        },
        { ...wait, message: "both workers have shards" },
      )
      .toBe(2);
    await first.kill();
    records = records.concat(await put(stream, next, 2_000));
    next += 2_000;
    await seen(records);

    const { Shards: [shard] = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
    const { StartingHashKey = "0", EndingHashKey = "0" } = shard?.HashKeyRange ?? {};
    await kinesis.send(
      new SplitShardCommand({
        StreamName: stream,
        ShardToSplit: shard?.ShardId,
        NewStartingHashKey: String((BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n),
      }),
    );
    await expect
      .poll(async () => {
        const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
        return summary.StreamDescriptionSummary?.OpenShardCount;
      }, wait)
      .toBe(5);
    records = records.concat(await put(stream, next, 2_000));
    await seen(records);
    const survivor = workers.find(({ isRunning }) => isRunning);
    await expect.poll(() => survivor?.ended.has(shard?.ShardId ?? ""), wait).toBe(true);
    expectOrder();
  });
});

/** Within a shard, the records of a key come in order, whoever processed them; repetitions are allowed. */
function expectOrder(): void {
  for (const worker of workers) {
    for (const records of worker.records.values()) {
      const highest = new Map<string, number>();
      for (const record of new Set(records)) {
        const [key = "", number] = record.split(":");
        expect(Number(number)).toBeGreaterThan(highest.get(key) ?? -1);
        highest.set(key, Number(number));
      }
    }
  }
}

describe("a KPL producer", () => {
  it("aggregates, and a KCL application takes its records apart", { timeout: 300_000 }, async () => {
    await createStream(kinesis, "kpl", 2);
    const printed = await mustRun([
      ...(["java", "-cp", classPath, "kcl.Producer"] as const),
      ...[millrace.secureUrl, "kpl", "20000"],
    ]);
    const [userRecords, kinesisRecords] = printed.trim().split(" ").map(Number);
    expect(userRecords).toBe(20_000);
    expect(kinesisRecords).toBeLessThan(10_000);
    start("kpl", "only", "polling");
    await seen(Array.from({ length: 20_000 }, (_, index) => `kpl-${index}`));
  });
});

describe("what KCL leaves behind", () => {
  it("is its lease table, and its metrics in CloudWatch", async () => {
    const shared = {
      endpoint: millrace.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const dynamodb = new DynamoDBClient(shared);
    const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).toContain("kcl-polling-app");
    dynamodb.destroy();
    const cloudwatch = new CloudWatchClient(shared);
    const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({ Namespace: "kcl-polling-app" }));
    expect(Metrics.map(({ MetricName }) => MetricName)).toContain("RecordsProcessed");
    cloudwatch.destroy();
  });
});
