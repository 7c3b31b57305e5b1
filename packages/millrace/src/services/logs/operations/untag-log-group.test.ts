import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("UntagLogGroup", () => {
  it("removes the tags that it names, there or not", async () => {
    await using logs = await TestLogs.start();
    await logs.run("TagLogGroup", { logGroupName: "app", tags: { a: "1", b: "2" } });
    await logs.run("UntagLogGroup", { logGroupName: "app", tags: ["a", "c"] });
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "app" })).toEqual({ tags: { b: "2" } });
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("UntagLogGroup", { logGroupName: "other", tags: ["a"] }))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });
});
