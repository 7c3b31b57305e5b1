import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestLogs } from "../test-logs.ts";

describe("PutRetentionPolicy", () => {
  it("hides what has expired at once, and removes it in time", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.put("a", ["old", "new"], -86_400);
    await logs.run("PutRetentionPolicy", { logGroupName: "app", retentionInDays: 1 });
    logs.clock.advance(1);
    expect(await logs.messages("a")).toEqual(["new"]);
    expect((await logs.run("FilterLogEvents", { logGroupName: "app" })).events).toHaveLength(1);
    const stored = (): unknown => logs.file.prepare("SELECT count(*) AS n FROM events").get()?.["n"];
    expect(stored()).toBe(2);
    logs.clock.advance(60_000);
    await logs.file.write(() => undefined);
    expect(stored()).toBe(0);
    expect((await logs.run("DescribeLogGroups", {})).logGroups?.[0]?.storedBytes).toBe(0);
  });

  it("refuses days that AWS does not offer", async () => {
    await using logs = await TestLogs.start();
    const input = { logGroupName: "app", retentionInDays: 2 };
    expect(await codeOf(logs.run("PutRetentionPolicy", input))).toBe("InvalidParameterException");
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(
      await errorOf(logs.run("PutRetentionPolicy", { logGroupName: "other", retentionInDays: 1 })),
    ).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });
});
