import { describe, expect, it } from "vitest";
import { codeOf, messageOf, TestDynamodb } from "../test-dynamodb.ts";

const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/plain";

describe("TagResource", () => {
  it("adds and replaces tags, also when two callers do so at once", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    const tag = (Key: string, Value: string): Promise<unknown> =>
      dynamodb.run("TagResource", { ResourceArn, Tags: [{ Key, Value }] });
    await Promise.all([tag("a", "1"), tag("b", "2")]);
    await tag("a", "3");
    await dynamodb.restart();
    expect((await dynamodb.run("ListTagsOfResource", { ResourceArn })).Tags).toEqual([
      { Key: "a", Value: "3" },
      { Key: "b", Value: "2" },
    ]);
    expect(dynamodb.resources("TagResource", { ResourceArn, Tags: [] })).toEqual([ResourceArn]);
  });

  it("refuses what is no tag and no table", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const tag = (arn: string, Tags: { Key: string; Value: string }[]): Promise<unknown> =>
      dynamodb.run("TagResource", { ResourceArn: arn, Tags });
    const one = [{ Key: "a", Value: "b" }];
    expect(await messageOf(tag(ResourceArn, []))).toBe("Atleast one Tag needs to be provided as Input.");
    expect(await messageOf(tag("plain", one))).toContain("Invalid TableArn");
    expect(await codeOf(tag(`${ResourceArn}s`, one))).toBe("ResourceNotFoundException");
    expect(await messageOf(tag(ResourceArn, [...one, ...one]))).toContain("Duplicate tag keys");
    expect(await messageOf(tag(ResourceArn, [{ Key: "a", Value: "<" }]))).toContain("not allowed");
    const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    expect(await codeOf(tag(ResourceArn, many))).toBe("LimitExceededException");
  });
});
