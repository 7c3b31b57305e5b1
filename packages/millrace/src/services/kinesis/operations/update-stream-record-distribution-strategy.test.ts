import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
const update = (
  kinesis: TestKinesis,
  RecordDistributionStrategy: "AUTO" | "USER_PARTITION_KEY",
): Promise<unknown> =>
  kinesis.run("UpdateStreamRecordDistributionStrategy", { StreamARN: arn, RecordDistributionStrategy });

describe("UpdateStreamRecordDistributionStrategy", () => {
  it("spreads records of one key from the next put on, and gathers them again", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ StreamModeDetails });
    const shards = async (): Promise<number> => {
      const Records = Array.from({ length: 40 }, () => ({ Data: Buffer.from("x"), PartitionKey: "same" }));
      const answer = await kinesis.run("PutRecords", { StreamARN: arn, Records });
      return new Set(answer.Records?.map(({ ShardId }) => ShardId)).size;
    };
    expect(await shards()).toBe(1);
    await update(kinesis, "AUTO");
    expect(stream.document.status).toBe("ACTIVE");
    expect(await shards()).toBe(4);
    await update(kinesis, "USER_PARTITION_KEY");
    expect(await shards()).toBe(1);
  });

  it("refuses AUTO for provisioned streams", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    expect(await codeOf(update(kinesis, "AUTO"))).toBe("InvalidArgumentException");
    await update(kinesis, "USER_PARTITION_KEY");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(update(kinesis, "AUTO"))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", StreamModeDetails });
    expect(await codeOf(update(kinesis, "AUTO"))).toBe("ResourceInUseException");
  });
});
