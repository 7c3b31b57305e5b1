import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  PutRecordCommand as PutFirehoseRecord,
} from "@aws-sdk/client-firehose";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it } from "vitest";
import { createMillrace, type Millrace, type MillraceOptions, WaitError } from "./index.ts";

const running: Millrace[] = [];
afterEach(async () => {
  for (const millrace of running.splice(0)) await millrace.close();
});

async function start(options: MillraceOptions = {}): Promise<Millrace> {
  const millrace = await createMillrace(options);
  running.push(millrace);
  return millrace;
}

const streamsOf = async (millrace: Millrace): Promise<readonly string[] | undefined> =>
  (await new KinesisClient(millrace.awsConfig()).send(new ListStreamsCommand())).StreamNames;

describe("createMillrace", () => {
  it("takes free ports and a temporary directory, and leaves nothing behind", async () => {
    const [first, second] = [await start(), await start()];
    expect(first.ports.http).not.toBe(second.ports.http);
    expect(first.ports).toEqual({ http: first.port, sql: first.sql?.port });
    expect(first.url).toBe(`http://127.0.0.1:${first.port}`);
    await new KinesisClient(first.awsConfig()).send(
      new CreateStreamCommand({ StreamName: "only-here", ShardCount: 1 }),
    );
    expect(await streamsOf(first)).toEqual(["only-here"]);
    expect(await streamsOf(second)).toEqual([]);
    expect(existsSync(first.data)).toBe(true);
    await first[Symbol.asyncDispose]();
    await first.close();
    expect(existsSync(first.data)).toBe(false);
  });

  it("keeps a directory that it was given", async () => {
    const data = await mkdtemp(join(tmpdir(), "millrace-given-"));
    const first = await createMillrace({ data });
    await new S3Client(first.awsConfig()).send(new CreateBucketCommand({ Bucket: "kept" }));
    await first.close();
    const second = await start({ data });
    expect((await new S3Client(second.awsConfig()).send(new ListBucketsCommand())).Buckets).toMatchObject([
      { Name: "kept" },
    ]);
    await second.close();
    await rm(data, { recursive: true });
  });

  it("tells other processes by their environment where it is", async () => {
    const { env, url } = await start();
    expect(env).toEqual({
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it("speaks for an account and a region", async () => {
    const millrace = await start();
    const config = millrace.awsConfig({ region: "eu-west-1", account: "123456789012" });
    const { Account } = await new STSClient(config).send(new GetCallerIdentityCommand());
    expect(Account).toBe("123456789012");
    expect(() => millrace.awsConfig({ account: "12" })).toThrow("12 digits");
  });

  it("hands out the root credential where signatures are verified", async () => {
    const millrace = await start({ auth: "verify", account: "111111111111" });
    const { Arn } = await new STSClient(millrace.awsConfig()).send(new GetCallerIdentityCommand());
    expect(Arn).toBe("arn:aws:iam::111111111111:root");
    expect(millrace.env["AWS_ACCESS_KEY_ID"]).toBe(millrace.firstCredential?.accessKeyId);
    expect(() => millrace.awsConfig({ account: "222222222222" })).toThrow("verify");
    await expect(millrace.waitFor({ stream: "absent" }, { timeoutMs: 0 })).rejects.toThrow(WaitError);
  });

  it("refuses what cannot be configured, and leaves no directory", async () => {
    await expect(createMillrace({ port: 70_000 })).rejects.toThrow("port");
    await expect(createMillrace({ colour: "blue" } as MillraceOptions)).rejects.toThrow("colour");
  });

  it("is emptied by a reset", async () => {
    const millrace = await start();
    await new S3Client(millrace.awsConfig()).send(new CreateBucketCommand({ Bucket: "gone" }));
    await millrace.reset();
    const { Buckets } = await new S3Client(millrace.awsConfig()).send(new ListBucketsCommand());
    expect(Buckets ?? []).toEqual([]);
  });
});

describe("waitFor", () => {
  it("waits for what is not there yet", async () => {
    const millrace = await start({ transitionMs: 60 });
    const kinesis = new KinesisClient(millrace.awsConfig());
    const waiting = millrace.waitFor({ stream: "clicks" });
    await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
    await waiting;
    await kinesis.send(
      new PutRecordCommand({ StreamName: "clicks", PartitionKey: "k", Data: Buffer.from("x") }),
    );
  });

  it("counts objects", async () => {
    const millrace = await start();
    const s3 = new S3Client(millrace.awsConfig());
    await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
    await millrace.waitFor({ bucket: "lake" });
    const two = millrace.waitFor({ bucket: "lake", prefix: "a/", objects: 2 });
    const one = millrace.waitFor({ bucket: "lake", key: "a/2" });
    for (const Key of ["b/1", "a/1", "a/2"])
      await s3.send(new PutObjectCommand({ Bucket: "lake", Key, Body: "x" }));
    await Promise.all([two, one]);
    await expect(
      millrace.waitFor({ bucket: "lake", prefix: "a/", objects: 3 }, { timeoutMs: 60 }),
    ).rejects.toThrow('more than 60 ms until there are 3 objects below "a/" in the bucket lake: there are 2');
  });

  it.each([
    [{ stream: "none" }, "the stream none is ACTIVE: there is none"],
    [{ deliveryStream: "none" }, "the delivery stream none is ACTIVE: there is none"],
    [{ bucket: "none" }, "there is a bucket none: there is none"],
    [{ bucket: "none", key: "k" }, "there is an object k in the bucket none: there is none"],
    [{ bucket: "none", objects: 1 }, 'there are 1 objects below "" in the bucket none: there is none'],
    [{ table: "none" }, "the table none of DynamoDB is ACTIVE: there is none"],
    [{ table: "t", database: "d" }, "there is a table t in the database d of the catalog: there is none"],
    [{ application: "none" }, "the application none is RUNNING: there is none"],
    [{ crawler: "none" }, "the crawler none has crawled: there is none"],
    [{ cluster: "none" }, "the cluster none is available: there is none"],
  ] as const)("says what it waited for: %j", async (target, text) => {
    const millrace = await start();
    await expect(millrace.waitFor(target, { timeoutMs: 0 })).rejects.toThrow(`more than 0 ms until ${text}.`);
  });

  it("names what it does not know", async () => {
    const millrace = await start();
    await expect(millrace.waitFor({ queue: "q" } as never)).rejects.toThrow("not queue");
  });
});

describe("a clock of its own", () => {
  it("stands still, and retention follows it", async () => {
    const millrace = await createMillrace({ clock: { startAt: new Date("2030-01-01T00:00:00Z") } });
    running.push(millrace);
    const kinesis = new KinesisClient(millrace.awsConfig());
    await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
    await millrace.waitFor({ stream: "clicks" });
    await kinesis.send(
      new PutRecordCommand({ StreamName: "clicks", PartitionKey: "k", Data: Buffer.from("x") }),
    );
    const read = async (): Promise<readonly (Date | undefined)[]> => {
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: "clicks",
          ShardId: "shardId-000000000000",
          ShardIteratorType: "TRIM_HORIZON",
        }),
      );
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      return Records.map(({ ApproximateArrivalTimestamp }) => ApproximateArrivalTimestamp);
    };
    expect(await read()).toEqual([new Date("2030-01-01T00:00:00Z")]);
    await millrace.clock.advance(23 * 3_600_000);
    expect(await read()).toHaveLength(1);
    await millrace.clock.advance(2 * 3_600_000);
    expect(await read()).toEqual([]);
    expect(millrace.clock.now()).toBe(Date.parse("2030-01-02T01:00:00Z"));
  });

  it("delivers what Firehose has buffered for long enough", async () => {
    const millrace = await createMillrace({ clock: "manual" });
    running.push(millrace);
    const [firehose, s3] = [new FirehoseClient(millrace.awsConfig()), new S3Client(millrace.awsConfig())];
    await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: "lake",
        ExtendedS3DestinationConfiguration: {
          BucketARN: "arn:aws:s3:::lake",
          RoleARN: "arn:aws:iam::000000000000:role/firehose",
          BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 5 },
        },
      }),
    );
    await millrace.waitFor({ deliveryStream: "lake" });
    await firehose.send(
      new PutFirehoseRecord({ DeliveryStreamName: "lake", Record: { Data: Buffer.from("x") } }),
    );
    await millrace.clock.advance(299_000);
    await expect(millrace.waitFor({ bucket: "lake", objects: 1 }, { timeoutMs: 0 })).rejects.toThrow(
      WaitError,
    );
    await millrace.clock.advance(2_000);
    await millrace.waitFor({ bucket: "lake", objects: 1 });
  });
});
