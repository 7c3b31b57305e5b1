import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

const record = (text: string, PartitionKey: string = text): { Data: Buffer; PartitionKey: string } => ({
  Data: Buffer.from(text),
  PartitionKey,
});

describe("PutRecords", () => {
  it("answers each record in the order of the call and keeps that order within a shard", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 3 });
    const Records = Array.from({ length: 500 }, (_, i) => record(`${i}`));
    const answer = await kinesis.run("PutRecords", { StreamName: "orders", Records });
    expect(answer.FailedRecordCount).toBe(0);
    expect(answer.Records).toHaveLength(500);
    const read: string[] = [];
    for (const shard of stream.openShards) {
      const expected = Records.filter((_, i) => answer.Records?.[i]?.ShardId === shard.id);
      const found = await kinesis.records(stream, shard.id);
      expect(texts(found)).toEqual(expected.map(({ Data }) => Data.toString()));
      expect(found.map(({ SequenceNumber }) => SequenceNumber)).toEqual(
        answer.Records?.filter(({ ShardId }) => ShardId === shard.id).map(
          ({ SequenceNumber }) => SequenceNumber,
        ),
      );
      read.push(...texts(found));
    }
    expect(read).toHaveLength(500);
  });

  it("takes 10 MiB of keys and data, not a byte more", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ MaxRecordSizeInKiB: 10_240 });
    const put = (bytes: number): Promise<unknown> =>
      kinesis.run("PutRecords", {
        StreamName: "orders",
        Records: [
          { Data: Buffer.alloc(5_242_880 - 1), PartitionKey: "k" },
          { Data: Buffer.alloc(bytes), PartitionKey: "k" },
        ],
      });
    await put(5_242_880 - 1);
    const error = await errorOf(put(5_242_880));
    expect([error.code, error.message]).toEqual([
      "InvalidArgumentException",
      "Records size exceeds 10 MB limit",
    ]);
  });

  it("names the record that is too large, and writes none", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const Records = [record("a"), record("b"), { Data: Buffer.alloc(1_048_577), PartitionKey: "c" }];
    const error = await errorOf(kinesis.run("PutRecords", { StreamName: "orders", Records }));
    expect(error.code).toBe("ValidationException");
    expect(error.message).toContain("Value at 'records.3.member.data'");
    expect(await kinesis.records(stream)).toEqual([]);
  });

  it("refuses the call for one wrong explicit hash key or missing key", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ExplicitHashKey = (2n ** 128n).toString();
    const wrong = { StreamName: "orders", Records: [record("a"), { ...record("b"), ExplicitHashKey }] };
    expect(await codeOf(kinesis.run("PutRecords", wrong))).toBe("InvalidArgumentException");
    const keyless = {
      StreamName: "orders",
      Records: [record("a"), { Data: Buffer.from("b"), PartitionKey: undefined }],
    };
    expect((await errorOf(kinesis.run("PutRecords", keyless))).message).toContain(
      "'records.2.member.partitionKey'",
    );
    expect(await kinesis.records(stream)).toEqual([]);
  });

  it("reports throttled records one by one", async () => {
    await using kinesis = await TestKinesis.start({ settings: { throughput: { kind: "enforced" } } });
    const stream = await kinesis.stream();
    const Records = Array.from({ length: 3 }, (_, i) => ({
      Data: Buffer.alloc(500_000, `${i}`),
      PartitionKey: "k",
    }));
    const answer = await kinesis.run("PutRecords", { StreamName: "orders", Records });
    expect(answer.FailedRecordCount).toBe(1);
    expect(answer.Records?.[2]).toEqual({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: `Rate exceeded for shard shardId-000000000000 in stream orders under account ${account}.`,
    });
    await kinesis.pass(5_000);
    expect(await kinesis.records(stream)).toHaveLength(2);
  });

  it("only checks when DryRun is set, and finds no stream that is not there", async () => {
    await using kinesis = await TestKinesis.start();
    const input = { StreamName: "orders", Records: [record("a")], DryRun: true };
    expect(await codeOf(kinesis.run("PutRecords", input))).toBe("ResourceNotFoundException");
    const stream = await kinesis.stream();
    expect(await codeOf(kinesis.run("PutRecords", input))).toBe("DryRunOperationException");
    expect(await kinesis.records(stream)).toEqual([]);
  });

  it("writes to another account's stream by its ARN, never by its name", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({}, { account: "111111111111" });
    const Records = [record("a")];
    expect(await codeOf(kinesis.run("PutRecords", { StreamName: "orders", Records }))).toBe(
      "ResourceNotFoundException",
    );
    const answer = await kinesis.run("PutRecords", { StreamARN: stream.arn, Records });
    expect(answer.FailedRecordCount).toBe(0);
  });
});
