import { readFileSync } from "node:fs";
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  type _Record as StreamRecord,
} from "@aws-sdk/client-kinesis";
import { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { NexmarkEvents } from "../../packages/millrace/src/kernels/streaming/connectors/nexmark/nexmark-events.ts";
import { millrace, type RunningServer, startServer } from "../server.ts";

const region = "us-east-1";
const credentials = { accessKeyId: "000000000000", secretAccessKey: "bench" };
const role = "arn:aws:iam::000000000000:role/bench";
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A Millrace with an application, reached as any client reaches it. */
class ServiceRun {
  readonly server: RunningServer;
  readonly kinesis: KinesisClient;
  readonly analytics: KinesisAnalyticsV2;

  private constructor(server: RunningServer) {
    this.server = server;
    const endpoint = `http://127.0.0.1:${server.port}`;
    this.kinesis = new KinesisClient({ endpoint, region, credentials });
    this.analytics = new KinesisAnalyticsV2({ endpoint, region, credentials });
  }

  static async start(port: number): Promise<ServiceRun> {
    return new ServiceRun(await startServer(millrace, port));
  }

  async stream(name: string, shards: number): Promise<void> {
    await this.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: shards }));
    for (;;) {
      const { StreamDescriptionSummary: summary } = await this.kinesis.send(
        new DescribeStreamSummaryCommand({ StreamName: name }),
      );
      if (summary?.StreamStatus === "ACTIVE") return;
      await pause(50);
    }
  }

  async run(name: string, program: string): Promise<void> {
    await this.analytics.createApplication({
      ApplicationName: name,
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: role,
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent: program } },
      },
    });
    await this.analytics.startApplication({ ApplicationName: name });
  }

  /** Records that are in the stream now. */
  async records(name: string): Promise<readonly StreamRecord[]> {
    const found: StreamRecord[] = [];
    const { Shards = [] } = await this.kinesis.send(new ListShardsCommand({ StreamName: name }));
    for (const { ShardId } of Shards) {
      let { ShardIterator: iterator } = await this.kinesis.send(
        new GetShardIteratorCommand({ StreamName: name, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
      );
      for (;;) {
        const { Records = [], NextShardIterator } = await this.kinesis.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        found.push(...Records);
        if (Records.length === 0 || NextShardIterator === undefined) break;
        iterator = NextShardIterator;
      }
    }
    return found;
  }

  /** CPU-seconds of the server so far, all threads. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.server.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    this.kinesis.destroy();
    this.analytics.destroy();
    await this.server.stop();
  }
}

const timeText = (ms: number): string => new Date(ms).toISOString().replace("T", " ").slice(0, 23);

/** Bids that a first application reads, which loads and compiles what the measured one uses. */
const warmUpRecords = 200_000;

/** Bids as JSON in a stream of four shards, then a window over them: records per CPU-second of the server. */
export async function jsonCase(port: number, records: number): Promise<number> {
  const run = await ServiceRun.start(port);
  try {
    await windowsOver(run, "warm", warmUpRecords);
    return records / (await windowsOver(run, "measured", records));
  } finally {
    await run.stop();
  }
}

/** @returns the server's CPU-seconds from the creation of the application to its last row */
async function windowsOver(run: ServiceRun, name: string, records: number): Promise<number> {
  const [bids, prices] = [`${name}-bids`, `${name}-prices`];
  await run.stream(bids, 4);
  await run.stream(prices, 1);
  await putBids(run, bids, records);
  const before = run.cpuSeconds();
  await run.run(
    name,
    `
    CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, \`dateTime\` TIMESTAMP(3),
      WATERMARK FOR \`dateTime\` AS \`dateTime\` - INTERVAL '4' SECOND)
    WITH ('connector' = 'kinesis', 'stream' = '${bids}', 'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json');
    CREATE TABLE prices (window_end TIMESTAMP(3), auction BIGINT, bids BIGINT, price BIGINT)
    WITH ('connector' = 'kinesis', 'stream' = '${prices}', 'format' = 'json');
    INSERT INTO prices SELECT window_end, auction, COUNT(*), MAX(price)
    FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(\`dateTime\`), INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end;`,
  );
  // The last record of each shard lies an hour behind the others: its watermark closes all their windows.
  for (let counted = 0; counted < records; await pause(200)) {
    const rows = (await run.records(prices)).map(({ Data }) =>
      JSON.parse(Buffer.from(Data ?? []).toString()),
    );
    counted = rows.reduce((sum: number, row: { bids: number }) => sum + row.bids, 0);
  }
  const cpuSeconds = run.cpuSeconds() - before;
  await run.analytics.stopApplication({ ApplicationName: name, Force: true });
  return cpuSeconds;
}

async function putBids(run: ServiceRun, stream: string, records: number): Promise<void> {
  const events = new NexmarkEvents({ seed: 42, rate: 100_000, baseTimeMs: Date.UTC(2026, 0, 1) });
  let batch: { Data: Uint8Array; PartitionKey: string; ExplicitHashKey?: string }[] = [];
  let [made, waiting] = [0, [] as Promise<unknown>[]];
  const send = async (): Promise<void> => {
    waiting.push(run.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records: batch })));
    batch = [];
    // Shards keep the order of time.
    await Promise.all(waiting);
    waiting = [];
  };
  for (let number = 0; made < records; number++) {
    const sink = {
      ...{ wantsTexts: true, person() {}, auction() {} },
      bid(bid: { dateTime: number }) {
        const text = JSON.stringify({ ...bid, dateTime: timeText(bid.dateTime) });
        batch.push({ Data: Buffer.from(text), PartitionKey: `${made++}` });
      },
    };
    events.make(number, sink);
    if (batch.length === 500) await send();
  }
  if (batch.length > 0) await send();
  for (let shard = 0n; shard < 4n; shard++) {
    const Data = Buffer.from(
      JSON.stringify({ auction: -1, bidder: 0, price: 0, dateTime: "2027-01-01 00:00:00.000" }),
    );
    batch.push({ Data, PartitionKey: "end", ExplicitHashKey: `${shard * 2n ** 126n}` });
  }
  await send();
}

export interface LatencyFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly results: number;
  readonly idleMb: number;
}

/** Windows of a second of processing time over 50,000 events/s: from a window's end to its rows in the stream. */
export async function latencyCase(port: number, seconds: number): Promise<LatencyFigures> {
  const run = await ServiceRun.start(port);
  try {
    await run.stream("results", 1);
    const source = (rate: number): string => `
      CREATE TABLE events (event_type INT, bid ROW<auction BIGINT, bidder BIGINT, price BIGINT>, p AS PROCTIME())
      WITH ('connector' = 'nexmark', 'rows-per-second' = '${rate}');
      CREATE TABLE results (window_end TIMESTAMP(3), auction BIGINT, n BIGINT)
      WITH ('connector' = 'kinesis', 'stream' = 'results', 'format' = 'json');
      INSERT INTO results SELECT window_end, MOD(bid.auction, 100), COUNT(*)
      FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(p), INTERVAL '1' SECOND))
      WHERE event_type = 2 GROUP BY MOD(bid.auction, 100), window_start, window_end;`;
    await run.run("windows", source(50_000));
    await pause(seconds * 1000);
    await run.analytics.stopApplication({ ApplicationName: "windows", Force: true });
    const times = (await run.records("results")).map(({ Data, ApproximateArrivalTimestamp: at }) => {
      const { window_end: end } = JSON.parse(Buffer.from(Data ?? []).toString()) as { window_end: string };
      return (at?.getTime() ?? 0) - Date.parse(`${end.replace(" ", "T")}Z`);
    });
    // The first two windows are those of the start.
    const settled = times.slice(200).sort((a, b) => a - b);
    const at = (share: number): number => settled[Math.floor(settled.length * share)] ?? Number.NaN;
    return { p50Ms: at(0.5), p99Ms: at(0.99), results: settled.length, idleMb: await idle(port + 1) };
  } finally {
    await run.stop();
  }
}

/** Resident memory with one application that waits for records. */
async function idle(port: number): Promise<number> {
  const run = await ServiceRun.start(port);
  try {
    await run.stream("quiet", 1);
    await run.run(
      "waiting",
      `
      CREATE TABLE quiet (a INT) WITH ('connector' = 'kinesis', 'stream' = 'quiet', 'format' = 'json');
      CREATE TABLE nothing (a INT) WITH ('connector' = 'blackhole');
      INSERT INTO nothing SELECT a FROM quiet;`,
    );
    await pause(10_000);
    return run.server.rssMb();
  } finally {
    await run.stop();
  }
}
