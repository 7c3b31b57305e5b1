import { describe, expect, it } from "vitest";
import { errorOf, groupArn, TestLogs } from "../test-logs.ts";

describe("UntagResource", () => {
  it("removes the tags that it names, there or not", async () => {
    await using logs = await TestLogs.start();
    await logs.run("TagLogGroup", { logGroupName: "app", tags: { a: "1", b: "2" } });
    await logs.run("UntagResource", { resourceArn: groupArn, tagKeys: ["a", "c"] });
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "app" })).toEqual({ tags: { b: "2" } });
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("UntagResource", { resourceArn: `${groupArn}x`, tagKeys: ["a"] }))).toEqual(
      {
        code: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    );
  });
});
