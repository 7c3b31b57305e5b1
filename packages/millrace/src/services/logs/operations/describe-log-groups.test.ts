import { describe, expect, it } from "vitest";
import { codeOf, groupArn, startMs, TestLogs } from "../test-logs.ts";

describe("DescribeLogGroups", () => {
  it("describes groups in the order of their names", async () => {
    await using logs = await TestLogs.start();
    await logs.run("CreateLogGroup", { logGroupName: "/aws/b" });
    await logs.streams("a");
    await logs.put("a", ["12345"]);
    await logs.run("PutRetentionPolicy", { logGroupName: "app", retentionInDays: 7 });
    const { logGroups } = await logs.run("DescribeLogGroups", {});
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(["/aws/b", "app"]);
    expect(logGroups?.[1]).toEqual({
      logGroupName: "app",
      creationTime: startMs,
      retentionInDays: 7,
      metricFilterCount: 0,
      arn: `${groupArn}:*`,
      logGroupArn: groupArn,
      storedBytes: 31,
      logGroupClass: "STANDARD",
    });
  });

  it("filters by prefix, by a part of the name, and by name or ARN", async () => {
    await using logs = await TestLogs.start();
    for (const logGroupName of ["a1", "a2", "b1"]) await logs.run("CreateLogGroup", { logGroupName });
    const names = async (input: object): Promise<unknown> =>
      (await logs.run("DescribeLogGroups", input)).logGroups?.map(({ logGroupName }) => logGroupName);
    expect(await names({ logGroupNamePrefix: "a" })).toEqual(["a1", "a2", "app"]);
    expect(await names({ logGroupNamePattern: "1" })).toEqual(["a1", "b1"]);
    expect(await names({ logGroupIdentifiers: ["a2", groupArn] })).toEqual(["a2", "app"]);
    expect(await names({ logGroupClass: "DELIVERY" })).toEqual([]);
  });

  it("pages, and takes a token only for the same question", async () => {
    await using logs = await TestLogs.start();
    for (let i = 0; i < 4; i++) await logs.run("CreateLogGroup", { logGroupName: `g${i}` });
    const first = await logs.run("DescribeLogGroups", { limit: 3 });
    const second = await logs.run("DescribeLogGroups", { limit: 3, nextToken: first.nextToken });
    const all = [...(first.logGroups ?? []), ...(second.logGroups ?? [])];
    expect(all.map(({ logGroupName }) => logGroupName)).toEqual(["app", "g0", "g1", "g2", "g3"]);
    expect(second.nextToken).toBeUndefined();
    const other = { logGroupNamePrefix: "g", nextToken: first.nextToken };
    expect(await codeOf(logs.run("DescribeLogGroups", other))).toBe("InvalidParameterException");
  });

  it("refuses two filters of the name, and other accounts", async () => {
    await using logs = await TestLogs.start();
    const both = { logGroupNamePrefix: "a", logGroupNamePattern: "a" };
    expect(await codeOf(logs.run("DescribeLogGroups", both))).toBe("InvalidParameterException");
    expect(await codeOf(logs.run("DescribeLogGroups", { includeLinkedAccounts: true }))).toBe(
      "NotImplemented",
    );
  });
});
