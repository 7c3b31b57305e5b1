import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

const hourMs = 3_600_000;
const decrease = (kinesis: TestKinesis, RetentionPeriodHours: number): Promise<unknown> =>
  kinesis.run("DecreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours });
const increase = (kinesis: TestKinesis, RetentionPeriodHours: number): Promise<unknown> =>
  kinesis.run("IncreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours });

describe("DecreaseStreamRetentionPeriod", () => {
  it("hides older records at once, and growing again does not bring them back", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await increase(kinesis, 48);
    await kinesis.put(stream, "old");
    await kinesis.pass(30 * hourMs);
    await kinesis.put(stream, "new");
    const ShardIterator = await kinesis.iterator(stream);
    await decrease(kinesis, 24);
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["new"]);
    await increase(kinesis, 8760);
    expect(texts(await kinesis.records(stream))).toEqual(["new"]);
  });

  it("refuses periods out of range or longer than the present one", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    await increase(kinesis, 48);
    await decrease(kinesis, 48);
    expect((await errorOf(decrease(kinesis, 23))).message).toBe(
      "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    );
    expect((await errorOf(decrease(kinesis, 49))).message).toContain(
      "can not be longer than existing retention period (48 hours)",
    );
    expect(await codeOf(decrease(kinesis, 8761))).toBe("InvalidArgumentException");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(decrease(kinesis, 24))).toBe("ResourceNotFoundException");
    await kinesis.stream();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(decrease(kinesis, 24))).toBe("ResourceInUseException");
  });
});
