import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
const update = (kinesis: TestKinesis, MaxRecordSizeInKiB: number): Promise<unknown> =>
  kinesis.run("UpdateMaxRecordSize", { StreamARN: arn, MaxRecordSizeInKiB });

describe("UpdateMaxRecordSize", () => {
  it("lets larger records in, and the smaller limit keeps those that are there", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const put = (bytes: number): Promise<unknown> =>
      kinesis.run("PutRecord", { StreamARN: arn, Data: Buffer.alloc(bytes), PartitionKey: "k" });
    expect(await codeOf(put(1_048_576))).toBe("ValidationException");
    await update(kinesis, 10_240);
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass();
    await put(10_485_760 - 1);
    expect(await codeOf(put(10_485_760))).toBe("ValidationException");
    await update(kinesis, 1024);
    await kinesis.pass();
    expect(await codeOf(put(1_048_576))).toBe("ValidationException");
    expect((await kinesis.records(stream)).map(({ Data }) => Data?.length)).toEqual([10_485_759]);
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(update(kinesis, 2048))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(update(kinesis, 2048))).toBe("ResourceInUseException");
    await kinesis.pass();
    await update(kinesis, 2048);
    expect(await codeOf(update(kinesis, 4096))).toBe("ResourceInUseException");
  });
});
