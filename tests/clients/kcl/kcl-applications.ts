import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { expect } from "vitest";
import { buildJava } from "../../fixtures/java-program.ts";
import { createStream, kinesisClient } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { KclWorker } from "./kcl-worker.ts";

type Retrieval = "polling" | "fan-out";

const waitMs = 240_000;
const wait = { timeout: waitMs, interval: 500 };

/** A Millrace, and the workers of KCL applications that read from it. */
export class KclApplications implements AsyncDisposable {
  readonly classPath: string;
  readonly millrace: MillraceProcess;
  readonly kinesis: KinesisClient;
  #workers: KclWorker[] = [];

  private constructor(classPath: string, millrace: MillraceProcess) {
    this.classPath = classPath;
    this.millrace = millrace;
    this.kinesis = kinesisClient(millrace.url);
  }

  static async start(): Promise<KclApplications> {
    const classPath = await buildJava(import.meta.dirname, "kcl");
    return new KclApplications(classPath, await MillraceProcess.start());
  }

  worker(stream: string, name: string, retrieval: Retrieval): KclWorker {
    const { url } = this.millrace;
    const common = { classPath: this.classPath, url, stream, application: `${stream}-app` };
    const worker = new KclWorker({ ...common, name, retrieval });
    this.#workers.push(worker);
    return worker;
  }

  /** Puts `count` records in batches; the data say their order within their partition key. */
  async put(stream: string, from: number, count: number): Promise<string[]> {
    const all = Array.from({ length: count }, (_, index) => from + index);
    for (let at = 0; at < all.length; at += 500) {
      const Records = all.slice(at, at + 500).map((number) => ({
        PartitionKey: `key-${number % 50}`,
        Data: Buffer.from(`${number % 50}:${number}`),
      }));
      const answer = await this.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
      expect(answer.FailedRecordCount).toBe(0);
    }
    return all.map((number) => `${number % 50}:${number}`);
  }

  /** Waits until all of the records were processed, and shows the workers' logs if they are not. */
  async seen(records: readonly string[]): Promise<void> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const found = new Set(this.#workers.flatMap((worker) => [...worker.records.values()].flat()));
      const missing = records.filter((record) => !found.has(record)).length;
      if (missing === 0) return;
      const nobody = this.#workers.every(({ isRunning }) => !isRunning);
      if (nobody || Date.now() > deadline) {
        const logs = this.#workers.map(({ log }) => log.slice(-4_000)).join("\n----\n");
        throw new Error(
          `${missing} of ${records.length} records were not processed. Logs of the workers:\n${logs}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Every record is processed, in order, through the loss of a worker and a reshard. */
  async surviveLossAndReshard(retrieval: Retrieval): Promise<void> {
    const stream = `kcl-${retrieval}`;
    await createStream(this.kinesis, stream, 4);
    let records = await this.put(stream, 0, 2_000);
    const first = this.worker(stream, "first", retrieval);
    await this.seen(records);

    // Two that begin a new application at the same time may both try to index its table, of which KCL dies.
    this.worker(stream, "second", retrieval);
    // Both get their share of the four shards as soon as they know of each other.
    let next = 2_000;
    await expect
      .poll(
        async () => {
          records = records.concat(await this.put(stream, next, 100));
          next += 100;
          return this.#workers.filter((worker) => worker.records.size > 0).length;
        },
        { ...wait, message: "both workers have shards" },
      )
      .toBe(2);
    await first.kill();
    records = records.concat(await this.put(stream, next, 2_000));
    next += 2_000;
    await this.seen(records);

    const parent = await this.#split(stream);
    records = records.concat(await this.put(stream, next, 2_000));
    await this.seen(records);
    const survivor = this.#workers.find(({ isRunning }) => isRunning);
    await expect.poll(() => survivor?.ended.has(parent), wait).toBe(true);
    this.#expectOrder();
  }

  /** Splits the first of four shards. @returns its id */
  async #split(stream: string): Promise<string> {
    const { Shards: [shard] = [] } = await this.kinesis.send(new ListShardsCommand({ StreamName: stream }));
    const { StartingHashKey = "0", EndingHashKey = "0" } = shard?.HashKeyRange ?? {};
    await this.kinesis.send(
      new SplitShardCommand({
        StreamName: stream,
        ShardToSplit: shard?.ShardId,
        NewStartingHashKey: String((BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n),
      }),
    );
    await expect
      .poll(async () => {
        const summary = await this.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
        return summary.StreamDescriptionSummary?.OpenShardCount;
      }, wait)
      .toBe(5);
    return shard?.ShardId ?? "";
  }

  /** Within a shard, the records of a key come in order, whoever processed them; repetitions are allowed. */
  #expectOrder(): void {
    for (const worker of this.#workers) {
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

  async killWorkers(): Promise<void> {
    for (const worker of this.#workers) await worker.kill();
    this.#workers = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.killWorkers();
    this.kinesis.destroy();
    await this.millrace.dispose();
  }
}
