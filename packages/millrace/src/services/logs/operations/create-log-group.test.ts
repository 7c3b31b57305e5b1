import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestLogs } from "../test-logs.ts";

describe("CreateLogGroup", () => {
  it("creates a group with its tags, by account and region", async () => {
    await using logs = await TestLogs.start();
    await logs.run("CreateLogGroup", { logGroupName: "new", tags: { a: "1" } });
    await logs.run("CreateLogGroup", { logGroupName: "new" }, { region: "eu-west-1" });
    await logs.run("CreateLogGroup", { logGroupName: "new" }, { account: "111111111111" });
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "new" })).toEqual({ tags: { a: "1" } });
  });

  it("refuses a name that is taken, also when two calls ask at once", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("CreateLogGroup", { logGroupName: "app" }))).toEqual({
      code: "ResourceAlreadyExistsException",
      message: "The specified log group already exists",
    });
    const twice = [1, 2].map(() => logs.run("CreateLogGroup", { logGroupName: "new" }));
    const outcomes = await Promise.allSettled(twice);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses what it does not do, and AWS's own tags", async () => {
    await using logs = await TestLogs.start();
    for (const more of [
      { kmsKeyId: "key" },
      { logGroupClass: "INFREQUENT_ACCESS" as const },
      { deletionProtectionEnabled: true },
    ])
      expect(await codeOf(logs.run("CreateLogGroup", { logGroupName: "new", ...more }))).toBe(
        "NotImplemented",
      );
    const tags = { "aws:x": "1" };
    expect(await codeOf(logs.run("CreateLogGroup", { logGroupName: "new", tags }))).toBe(
      "InvalidParameterException",
    );
  });
});
