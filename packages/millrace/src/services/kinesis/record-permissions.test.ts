import type { Kinesis } from "@aws-sdk/client-kinesis";
import { describe, expect, it } from "vitest";
import type { Permission } from "../../gateway/service.ts";
import type { OperationName } from "../../gateway/test-operations.ts";
import { account, TestKinesis } from "./test-kinesis.ts";

const arn = `arn:aws:kinesis:us-east-1:${account}:stream/orders`;
const record = { Data: Buffer.from("x"), PartitionKey: "k" };
const caller = "111111111111";

/** The calls that put and read, and what each needs of the stream's key. */
async function calls(
  kinesis: TestKinesis,
): Promise<[OperationName<Kinesis>, string, readonly Permission[]][]> {
  const stream = kinesis.find();
  const ConsumerARN = await kinesis.consumer(stream);
  const ShardIterator = await kinesis.iterator(stream);
  const StreamName = "orders";
  const by = { account: caller };
  return [
    ["PutRecord", "kms:GenerateDataKey", kinesis.permissions("PutRecord", { StreamARN: arn, ...record }, by)],
    [
      "PutRecords",
      "kms:GenerateDataKey",
      kinesis.permissions("PutRecords", { StreamARN: arn, StreamName, Records: [record] }, by),
    ],
    ["GetRecords", "kms:Decrypt", kinesis.permissions("GetRecords", { ShardIterator }, by)],
    [
      "SubscribeToShard",
      "kms:Decrypt",
      kinesis.permissions(
        "SubscribeToShard",
        { ConsumerARN, ShardId: "0", StartingPosition: { Type: "LATEST" } },
        by,
      ),
    ],
  ];
}

describe("what puts and reads need", () => {
  it("is their own action, while the stream is not encrypted", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    for (const [operation, , permissions] of await calls(kinesis)) {
      const [own, ...more] = permissions;
      expect(more).toEqual([]);
      expect(own?.action).toBe(`kinesis:${operation}`);
      expect(own?.resources[0]).toMatch(operation === "SubscribeToShard" ? `${arn}/consumer/reader:` : arn);
    }
  });

  it("is the use of the stream's key too, under the stream's ARN", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    await kinesis.run("StartStreamEncryption", {
      StreamName: "orders",
      EncryptionType: "KMS",
      KeyId: "mine",
    });
    await kinesis.pass();
    for (const [operation, action, permissions] of await calls(kinesis)) {
      expect(permissions).toEqual([
        expect.objectContaining({ action: `kinesis:${operation}` }),
        { action, resources: ["mine"], context: { "aws:kinesis:arn": arn, caller } },
      ]);
    }
  });

  it("is their own action where there is no stream", async () => {
    await using kinesis = await TestKinesis.start();
    expect(kinesis.permissions("PutRecord", { StreamName: "none", ...record })).toHaveLength(1);
    expect(kinesis.permissions("GetRecords", { ShardIterator: "forged" })).toEqual([
      { action: "kinesis:GetRecords", resources: ["*"] },
    ]);
  });
});
