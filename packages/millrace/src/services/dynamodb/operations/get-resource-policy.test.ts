import { describe, expect, it } from "vitest";
import { codeOf, TestDynamodb } from "../test-dynamodb.ts";

const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/plain";

describe("GetResourcePolicy", () => {
  it("says when there is no policy, and when there is no table", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    expect(await codeOf(dynamodb.run("GetResourcePolicy", { ResourceArn }))).toBe("PolicyNotFoundException");
    expect(await codeOf(dynamodb.run("GetResourcePolicy", { ResourceArn: `${ResourceArn}s` }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
