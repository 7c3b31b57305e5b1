import { gunzipSync } from "node:zlib";
import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
} from "@aws-sdk/client-firehose";
import {
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";

const rounds = 10;
const producers = 4;
const batchRecords = 200;
const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const role = "arn:aws:iam::000000000000:role/delivery";

/** Delivered each second or 1 MiB, so that kills fall into every part of a delivery. */
const plain: CreateDeliveryStreamCommandInput = {
  DeliveryStreamName: "orders",
  ExtendedS3DestinationConfiguration: {
    RoleARN: role,
    BucketARN: "arn:aws:s3:::lake",
    Prefix: "orders/",
    ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
    CompressionFormat: "GZIP",
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
    S3BackupMode: "Enabled",
    S3BackupConfiguration: {
      RoleARN: role,
      BucketARN: "arn:aws:s3:::lake",
      Prefix: "backup/",
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 },
    },
  },
};

let millrace: MillraceProcess | undefined;
afterEach(async () => {
  await millrace?.dispose();
  millrace = undefined;
});

/** Puts numbered records until Millrace is gone; notes which numbers were acknowledged. */
class Producer {
  readonly acknowledged = new Set<number>();
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  async run(url: string): Promise<void> {
    // Without repetitions by the client: a number is put once, whatever becomes of it.
    const firehose = new FirehoseClient({ endpoint: url, region, credentials, maxAttempts: 1 });
    try {
      for (;;) {
        const ids = Array.from({ length: batchRecords }, () => this.#next());
        const Records = ids.map((id) => ({ Data: Buffer.from(`${id} ${"x".repeat(id % 300)}\n`) }));
        const answer = await firehose.send(
          new PutRecordBatchCommand({ DeliveryStreamName: "orders", Records }),
        );
        const responses = answer.RequestResponses ?? [];
        for (const [i, id] of ids.entries())
          if (responses[i]?.RecordId !== undefined) this.acknowledged.add(id);
      }
    } catch (error) {
      // The end of each round; anything else that Millrace answered would be a failure of the test.
      expect(error).not.toHaveProperty("$response.statusCode", 500);
    } finally {
      firehose.destroy();
    }
  }
}

async function idsBelow(s3: S3Client, Prefix: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: "lake", Prefix }))
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "lake", Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const text = (Key?.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
      for (const line of text.split("\n")) if (line !== "") ids.push(Number.parseInt(line, 10));
    }
  return ids;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const startedMs = Date.now();
  while (!(await condition())) {
    if (Date.now() - startedMs > 120_000) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe("Firehose, killed again and again", () => {
  it("delivers every acknowledged record into S3, and no record twice", async () => {
    millrace = await MillraceProcess.start();
    const s3 = s3Client(millrace.url);
    await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
    const firehose = new FirehoseClient({ endpoint: millrace.url, region, credentials });
    await firehose.send(new CreateDeliveryStreamCommand(plain));
    await until(async () => {
      const answer = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: "orders" }));
      return answer.DeliveryStreamDescription?.DeliveryStreamStatus === "ACTIVE";
    });
    let id = 0;
    const all = Array.from({ length: producers }, () => new Producer(() => id++));
    for (let round = 0; round < rounds; round++) {
      const running = all.map((producer) => producer.run(millrace?.url ?? ""));
      await new Promise((resolve) => setTimeout(resolve, 300 + ((round * 7_919) % 1_700)));
      await millrace.kill();
      await Promise.all(running);
      await millrace.start();
    }
    const acknowledged = new Set(all.flatMap((producer) => [...producer.acknowledged]));
    expect(acknowledged.size).toBeGreaterThan(rounds * batchRecords);
    for (const prefix of ["orders/", "backup/"]) {
      let delivered: readonly number[] = [];
      await until(async () => {
        delivered = await idsBelow(s3, prefix);
        const there = new Set(delivered);
        return [...acknowledged].every((one) => there.has(one));
      });
      expect(new Set(delivered).size).toBe(delivered.length);
    }
    expect(await idsBelow(s3, "errors/")).toEqual([]);
    s3.destroy();
    firehose.destroy();
  });
});
