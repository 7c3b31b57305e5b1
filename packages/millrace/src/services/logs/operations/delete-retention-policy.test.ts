import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("DeleteRetentionPolicy", () => {
  it("keeps events for ever again", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.put("a", ["1"]);
    await logs.run("PutRetentionPolicy", { logGroupName: "app", retentionInDays: 1 });
    await logs.run("DeleteRetentionPolicy", { logGroupName: "app" });
    logs.clock.advance(10 * 86_400_000);
    await logs.state.sweep();
    expect(await logs.messages("a")).toEqual(["1"]);
    expect((await logs.run("DescribeLogGroups", {})).logGroups?.[0]?.retentionInDays).toBeUndefined();
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("DeleteRetentionPolicy", { logGroupName: "other" }))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });
});
