import { describe, expect, it } from "vitest";
import { codeOf, startMs, TestLogs } from "../test-logs.ts";

describe("DescribeMetricFilters", () => {
  async function filled(): Promise<TestLogs> {
    const logs = await TestLogs.start();
    await logs.run("CreateLogGroup", { logGroupName: "b" });
    for (const [logGroupName, filterName] of [
      ["b", "f3"],
      ["app", "f2"],
      ["app", "f1"],
    ] as const)
      await logs.run("PutMetricFilter", {
        logGroupName,
        filterName,
        filterPattern: "ERROR",
        metricTransformations: [{ metricName: filterName, metricNamespace: "n", metricValue: "1" }],
      });
    return logs;
  }

  it("describes the filters of a group, or of all, by group and name", async () => {
    await using logs = await filled();
    const names = async (input: object): Promise<unknown> =>
      (await logs.run("DescribeMetricFilters", input)).metricFilters?.map(({ filterName }) => filterName);
    expect(await names({})).toEqual(["f1", "f2", "f3"]);
    expect(await names({ logGroupName: "app" })).toEqual(["f1", "f2"]);
    expect(await names({ filterNamePrefix: "f2" })).toEqual(["f2"]);
    expect(await names({ metricName: "f3", metricNamespace: "n" })).toEqual(["f3"]);
    expect((await logs.run("DescribeMetricFilters", { limit: 1 })).metricFilters).toEqual([
      {
        filterName: "f1",
        filterPattern: "ERROR",
        metricTransformations: [{ metricName: "f1", metricNamespace: "n", metricValue: "1" }],
        creationTime: startMs,
        logGroupName: "app",
      },
    ]);
  });

  it("pages", async () => {
    await using logs = await filled();
    const first = await logs.run("DescribeMetricFilters", { limit: 2 });
    const second = await logs.run("DescribeMetricFilters", { limit: 2, nextToken: first.nextToken });
    expect(second.metricFilters?.map(({ filterName }) => filterName)).toEqual(["f3"]);
    expect(second.nextToken).toBeUndefined();
  });

  it("refuses half a metric and a group that is not there", async () => {
    await using logs = await filled();
    expect(await codeOf(logs.run("DescribeMetricFilters", { metricName: "x" }))).toBe(
      "InvalidParameterException",
    );
    expect(await codeOf(logs.run("DescribeMetricFilters", { logGroupName: "x" }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
