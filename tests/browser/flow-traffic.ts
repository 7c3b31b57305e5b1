import { setTimeout as sleep } from "node:timers/promises";
import { PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { createDeliveryStream, eventually, firehoseClient } from "../fixtures/firehose-client.ts";
import type { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const region = "us-east-1";
const account = "000000000000";
const RoleARN = `arn:aws:iam::${account}:role/delivery`;
const credentials = { accessKeyId: account, secretAccessKey: "any" };

/** A shop's pipeline at work, with real clients: producers, readers, deliveries, a lake and a warehouse. */
export class FlowTraffic implements AsyncDisposable {
  readonly #millrace: MillraceProcess;
  readonly #clients: { destroy(): void }[] = [];
  readonly #running: Promise<void>[] = [];
  #isOver = false;

  constructor(millrace: MillraceProcess) {
    this.#millrace = millrace;
  }

  kinesis(userAgentAppId: string): KinesisClient {
    const client = new KinesisClient({ endpoint: this.#millrace.url, region, credentials, userAgentAppId });
    this.#clients.push(client);
    return client;
  }

  /** Makes everything that the traffic goes through. */
  async prepare(): Promise<void> {
    const kinesis = this.kinesis("setup");
    for (const [StreamName, ShardCount] of [
      ["clicks", 2],
      ["orders", 1],
    ] as const) {
      await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
      await eventually(async () => {
        const { StreamDescriptionSummary } = await kinesis.send(
          new DescribeStreamSummaryCommand({ StreamName }),
        );
        return StreamDescriptionSummary?.StreamStatus === "ACTIVE";
      });
    }
    const s3 = s3Client(this.#millrace.url, { credentials });
    this.#clients.push(s3);
    for (const Bucket of ["lake", "audit-trail"]) await s3.send(new CreateBucketCommand({ Bucket }));
    await this.#deliveries();
    await this.#table();
  }

  async #deliveries(): Promise<void> {
    const firehose = firehoseClient(this.#millrace.url, { credentials });
    this.#clients.push(firehose);
    const hints = { SizeInMBs: 1, IntervalInSeconds: 2 };
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "clicks-to-lake",
      DeliveryStreamType: "KinesisStreamAsSource",
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: `arn:aws:kinesis:${region}:${account}:stream/clicks`,
        RoleARN,
      },
      ExtendedS3DestinationConfiguration: {
        ...{ BucketARN: "arn:aws:s3:::lake", RoleARN, Prefix: "clicks/", BufferingHints: hints },
      },
    });
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "audit",
      ExtendedS3DestinationConfiguration: {
        ...{ BucketARN: "arn:aws:s3:::audit-trail", RoleARN },
        BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
      },
    });
  }

  async #table(): Promise<void> {
    const glue = new GlueClient({ endpoint: this.#millrace.url, region, credentials });
    this.#clients.push(glue);
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
    await glue.send(
      new CreateTableCommand({
        DatabaseName: "shop",
        TableInput: {
          Name: "clicks",
          TableType: "EXTERNAL_TABLE",
          Parameters: { classification: "json" },
          StorageDescriptor: {
            Columns: [
              { Name: "page", Type: "string" },
              { Name: "user", Type: "string" },
            ],
            Location: "s3://lake/clicks/",
            InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
            OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo: { SerializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
          },
        },
      }),
    );
  }

  /** Puts and reads until the end: about 1,000 records a second into one stream, 100 into the other. */
  start(): void {
    this.#produce("web-shop", "clicks", 50);
    this.#produce("mobile-app", "clicks", 40);
    this.#produce("checkout", "orders", 10);
    this.#read("fraud-check", "orders", "shardId-000000000000", 10_000);
    // It takes a few records now and then, and falls behind.
    this.#read("recommendations", "clicks", "shardId-000000000001", 3);
    const office = firehoseClient(this.#millrace.url, { credentials, userAgentAppId: "back-office" });
    this.#clients.push(office);
    this.#again(250, async () => {
      const Records = Array.from({ length: 5 }, (_, i) => ({ Data: Buffer.from(`{"event":${i}}\n`) }));
      await office.send(new PutRecordBatchCommand({ DeliveryStreamName: "audit", Records }));
    });
  }

  /** Asks the warehouse for what lies in the lake. */
  async query(): Promise<number> {
    const { sqlPort: port } = this.#millrace;
    const sql = new pg.Client({ host: "127.0.0.1", port, user: "awsuser", database: "dev", password: "x" });
    await sql.connect();
    try {
      await sql.query(
        `create external schema if not exists lake from data catalog database 'shop' iam_role '${RoleARN}'`,
      );
      const { rows } = await sql.query<{ n: number }>("select count(*)::int as n from lake.clicks");
      return rows[0]?.n ?? 0;
    } finally {
      await sql.end();
    }
  }

  #produce(app: string, StreamName: string, records: number): void {
    const client = this.kinesis(app);
    this.#again(100, async () => {
      const Records = Array.from({ length: records }, (_, i) => ({
        PartitionKey: `user-${Math.trunc(Math.random() * 500)}`,
        Data: Buffer.from(`${JSON.stringify({ page: `/item/${i}`, user: `u${i}`, at: Date.now() })}\n`),
      }));
      await client.send(new PutRecordsCommand({ StreamName, Records }));
    });
  }

  #read(app: string, StreamName: string, ShardId: string, Limit: number): void {
    const client = this.kinesis(app);
    let next: string | undefined;
    this.#again(300, async () => {
      next ??= (
        await client.send(
          new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
        )
      ).ShardIterator;
      const { NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: next, Limit }));
      next = NextShardIterator;
    });
  }

  #again(everyMs: number, work: () => Promise<void>): void {
    const run = async (): Promise<void> => {
      while (!this.#isOver) {
        await work();
        await sleep(everyMs);
      }
    };
    this.#running.push(run());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled(this.#running);
    for (const client of this.#clients) client.destroy();
  }
}
