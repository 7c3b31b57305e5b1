import { describe, expect, it } from "vitest";
import { codeOf, groupArn, TestLogs } from "../test-logs.ts";

describe("ListTagsForResource", () => {
  it("lists a group's tags by its ARN, which has nothing after the name", async () => {
    await using logs = await TestLogs.start();
    expect(await logs.run("ListTagsForResource", { resourceArn: groupArn })).toEqual({ tags: {} });
    for (const resourceArn of [`${groupArn}:*`, "app", "arn:aws:logs:us-east-1:000000000000:destination:x"])
      expect(await codeOf(logs.run("ListTagsForResource", { resourceArn }))).toBe(
        "InvalidParameterException",
      );
    const foreign = groupArn.replace("us-east-1", "eu-west-1");
    expect(await codeOf(logs.run("ListTagsForResource", { resourceArn: foreign }))).toBe(
      "InvalidParameterException",
    );
    expect(logs.resources("ListTagsForResource", { resourceArn: groupArn })).toEqual([groupArn]);
  });
});
