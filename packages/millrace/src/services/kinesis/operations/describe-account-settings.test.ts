import { describe, expect, it } from "vitest";
import { TestKinesis } from "../test-kinesis.ts";

describe("DescribeAccountSettings", () => {
  it("shows an account that never committed itself", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await kinesis.run("DescribeAccountSettings", {})).toEqual({
      MinimumThroughputBillingCommitment: { Status: "DISABLED" },
    });
  });

  it("shows that a commitment has ended at its earliest date", async () => {
    await using kinesis = await TestKinesis.start();
    const startedMs = kinesis.clock.now();
    const endMs = startedMs + 30 * 86_400_000;
    for (const Status of ["ENABLED", "DISABLED"] as const)
      await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status } });
    const status = async (): Promise<unknown> =>
      (await kinesis.run("DescribeAccountSettings", {})).MinimumThroughputBillingCommitment;
    await kinesis.pass(endMs - startedMs - 1);
    expect(await status()).toMatchObject({ Status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END" });
    await kinesis.pass(1);
    expect(await status()).toEqual({
      Status: "DISABLED",
      StartedAt: new Date(startedMs),
      EndedAt: new Date(endMs),
    });
  });

  it("forgets everything when Millrace is reset", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    await kinesis.state.reset();
    expect(await kinesis.run("DescribeAccountSettings", {})).toMatchObject({
      MinimumThroughputBillingCommitment: { Status: "DISABLED" },
    });
  });
});
