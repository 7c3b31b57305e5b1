import { describe, expect, it } from "vitest";
import { TestKinesis } from "../test-kinesis.ts";

const dayMs = 86_400_000;
type Status = "ENABLED" | "DISABLED";

describe("UpdateAccountSettings", () => {
  it("enables the commitment at once and ends it after thirty days", async () => {
    await using kinesis = await TestKinesis.start();
    const startedMs = kinesis.clock.now();
    const update = async (Status: Status): Promise<unknown> =>
      (await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status } }))
        .MinimumThroughputBillingCommitment;
    expect(await update("DISABLED")).toEqual({ Status: "DISABLED" });
    const running = {
      StartedAt: new Date(startedMs),
      EarliestAllowedEndAt: new Date(startedMs + 30 * dayMs),
    };
    expect(await update("ENABLED")).toEqual({ Status: "ENABLED", ...running });
    await kinesis.pass(dayMs);
    expect(await update("DISABLED")).toEqual({ Status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END", ...running });
    expect(await update("ENABLED")).toEqual({ Status: "ENABLED", ...running });
    await kinesis.pass(29 * dayMs);
    expect(await update("DISABLED")).toEqual({
      Status: "DISABLED",
      StartedAt: new Date(startedMs),
      EndedAt: new Date(startedMs + 30 * dayMs),
    });
  });

  it("holds for one account in one region, also after a restart", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    await kinesis.restart();
    const status = async (call: { account?: string; region?: string }): Promise<string | undefined> =>
      (await kinesis.run("DescribeAccountSettings", {}, call)).MinimumThroughputBillingCommitment?.Status;
    expect(await status({})).toBe("ENABLED");
    expect(await status({ region: "eu-west-1" })).toBe("DISABLED");
    expect(await status({ account: "111111111111" })).toBe("DISABLED");
  });
});
