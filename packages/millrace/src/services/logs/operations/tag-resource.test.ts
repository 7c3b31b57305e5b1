import { describe, expect, it } from "vitest";
import { codeOf, errorOf, groupArn, TestLogs } from "../test-logs.ts";

describe("TagResource", () => {
  it("adds and replaces tags", async () => {
    await using logs = await TestLogs.start();
    for (const tags of [{ a: "1", b: "1" }, { b: "2" }])
      await logs.run("TagResource", { resourceArn: groupArn, tags });
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "app" })).toEqual({ tags: { a: "1", b: "2" } });
  });

  it("refuses more than 50 tags, and adds none of them", async () => {
    await using logs = await TestLogs.start();
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`t${i}`, ""]));
    await logs.run("TagResource", { resourceArn: groupArn, tags: { first: "1" } });
    expect(await codeOf(logs.run("TagResource", { resourceArn: groupArn, tags }))).toBe(
      "TooManyTagsException",
    );
    expect(await logs.run("ListTagsLogGroup", { logGroupName: "app" })).toEqual({ tags: { first: "1" } });
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("TagResource", { resourceArn: `${groupArn}x`, tags: { a: "1" } }))).toEqual(
      {
        code: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    );
  });
});
