import { describe, expect, it } from "vitest";
import { codeOf, TestDynamodb } from "../test-dynamodb.ts";

const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/plain";
const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "dynamodb:*", Resource: ResourceArn }],
});

describe("DeleteResourcePolicy", () => {
  it("removes a policy, on the expected revision if there is one", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const { RevisionId = "" } = await dynamodb.run("PutResourcePolicy", { ResourceArn, Policy });
    const remove = (input: object = {}): Promise<unknown> =>
      dynamodb.run("DeleteResourcePolicy", { ResourceArn, ...input });
    expect(await codeOf(remove({ ExpectedRevisionId: "1x" }))).toBe("PolicyNotFoundException");
    expect(await remove({ ExpectedRevisionId: RevisionId })).toEqual({ RevisionId });
    expect(await codeOf(dynamodb.run("GetResourcePolicy", { ResourceArn }))).toBe("PolicyNotFoundException");
    expect(await remove()).toEqual({});
  });
});
