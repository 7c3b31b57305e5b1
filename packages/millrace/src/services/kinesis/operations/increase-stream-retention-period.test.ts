import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis, texts } from "../test-kinesis.ts";

const hourMs = 3_600_000;
const increase = (kinesis: TestKinesis, RetentionPeriodHours: number): Promise<unknown> =>
  kinesis.run("IncreaseStreamRetentionPeriod", { StreamName: "orders", RetentionPeriodHours });

describe("IncreaseStreamRetentionPeriod", () => {
  it("keeps records longer, and brings none back that had expired", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "expired");
    await kinesis.pass(2 * hourMs);
    await kinesis.put(stream, "kept");
    await kinesis.pass(23 * hourMs);
    await increase(kinesis, 48);
    expect(texts(await kinesis.records(stream))).toEqual(["kept"]);
    await kinesis.pass(24 * hourMs);
    expect(texts(await kinesis.records(stream))).toEqual(["kept"]);
    await kinesis.pass(2 * hourMs);
    expect(await kinesis.records(stream)).toEqual([]);
  });

  it("shows in the descriptions at once, up to 365 days", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    await increase(kinesis, 8760);
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription).toMatchObject({ RetentionPeriodHours: 8760, StreamStatus: "ACTIVE" });
  });

  it("refuses periods out of range or shorter than the present one", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    await increase(kinesis, 100);
    await increase(kinesis, 100);
    expect((await errorOf(increase(kinesis, 8761))).message).toBe(
      "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    );
    expect((await errorOf(increase(kinesis, 99))).message).toContain(
      "can not be shorter than existing retention period (100 hours)",
    );
    expect(await codeOf(increase(kinesis, 23))).toBe("InvalidArgumentException");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(increase(kinesis, 48))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(increase(kinesis, 48))).toBe("ResourceInUseException");
  });
});
