import {
  AddTagsToStreamCommand,
  type KinesisClient,
  ProvisionedThroughputExceededException,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, recordsOf, textOf } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const firstShard = "shardId-000000000000";
let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = kinesisClient(millrace.url, { maxAttempts: 12 });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe("throttling by a stream's tags", () => {
  it("is tried again by the SDK until the record is in, once", async () => {
    await faultyStream("retried", 0.3);
    let attempts = 0;
    for (let i = 0; i < 20; i++) {
      const put = await client.send(
        new PutRecordCommand({ StreamName: "retried", PartitionKey: "key", Data: Buffer.from(`${i}`) }),
      );
      attempts += put.$metadata.attempts ?? 0;
    }
    expect(attempts).toBeGreaterThan(20);
    const records = await recordsOf(client, "retried", firstShard);
    expect(records.map(textOf)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  });

  it("fails single records of a batch, and what is sent again arrives once", async () => {
    await faultyStream("batch", 0.3);
    let open: readonly PutRecordsRequestEntry[] = Array.from({ length: 500 }, (_, i) =>
      entry(`key-${i}`, `${i}`),
    );
    let rounds = 0;
    while (open.length > 0) {
      const { Records = [], FailedRecordCount } = await client.send(
        new PutRecordsCommand({ StreamName: "batch", Records: [...open] }),
      );
      const failed = Records.filter(({ ErrorCode }) => ErrorCode !== undefined);
      expect(failed).toHaveLength(FailedRecordCount ?? -1);
      for (const { ErrorCode, ErrorMessage, SequenceNumber, ShardId } of failed) {
        expect(ErrorCode).toBe("ProvisionedThroughputExceededException");
        expect(ErrorMessage).toBe(
          `Rate exceeded for shard ${firstShard} in stream batch under account 000000000000.`,
        );
        expect([SequenceNumber, ShardId]).toEqual([undefined, undefined]);
      }
      open = open.filter((_, i) => Records[i]?.ErrorCode !== undefined);
      rounds++;
    }
    expect(rounds).toBeGreaterThan(1);
    const texts = (await recordsOf(client, "batch", firstShard)).map(textOf);
    expect(texts.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  it("of every call reaches the caller as its class", async () => {
    await faultyStream("closed", 1);
    const impatient = kinesisClient(millrace.url, { maxAttempts: 1 });
    const put = new PutRecordCommand({
      StreamName: "closed",
      PartitionKey: "key",
      Data: Buffer.from("text"),
    });
    await expect(impatient.send(put)).rejects.toThrow(ProvisionedThroughputExceededException);
    impatient.destroy();
  });

  it("enforces a shard's thousand records a second when asked", async () => {
    await createStream(client, "enforced");
    await client.send(
      new AddTagsToStreamCommand({ StreamName: "enforced", Tags: { "millrace:limits": "enforced" } }),
    );
    const Records = Array.from({ length: 500 }, (_, i) => entry("key", `${i}`));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        client.send(new PutRecordsCommand({ StreamName: "enforced", Records })),
      ),
    );
    const failed = answers.reduce((sum, { FailedRecordCount = 0 }) => sum + FailedRecordCount, 0);
    expect(failed).toBeGreaterThan(0);
    expect(await recordsOf(client, "enforced", firstShard)).toHaveLength(5_000 - failed);
  });
});

async function faultyStream(name: string, rate: number): Promise<void> {
  await createStream(client, name);
  await client.send(
    new AddTagsToStreamCommand({
      StreamName: name,
      Tags: { "millrace:limits": "fault", "millrace:fault-rate": `${rate}` },
    }),
  );
}
