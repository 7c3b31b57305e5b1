import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("ListTagsLogGroup", () => {
  it("lists the tags that a group was made with", async () => {
    await using logs = await TestLogs.start();
    await logs.run("CreateLogGroup", { logGroupName: "new", tags: { a: "1" } });
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "new" })).toEqual({ tags: { a: "1" } });
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("ListTagsLogGroup", { logGroupName: "other" }))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });
});
