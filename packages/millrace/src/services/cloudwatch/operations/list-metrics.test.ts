import { describe, expect, it } from "vitest";
import { errorOf, TestCloudwatch } from "../test-cloudwatch.ts";

const till = (Value: string) => [{ Name: "Till", Value }];

describe("ListMetrics", () => {
  it("lists each metric once, by namespace, name and dimensions", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [
        { MetricName: "orders", Value: 1, Unit: "Count" },
        { MetricName: "orders", Value: 1, Unit: "None" },
        { MetricName: "orders", Value: 1, Dimensions: till("1") },
        { MetricName: "age", Value: 1 },
      ],
    });
    await cloudwatch.run("PutMetricData", { Namespace: "bar", MetricData: [{ MetricName: "x", Value: 1 }] });
    expect(await cloudwatch.run("ListMetrics", {})).toEqual({
      Metrics: [
        { Namespace: "bar", MetricName: "x", Dimensions: [] },
        { Namespace: "shop", MetricName: "age", Dimensions: [] },
        { Namespace: "shop", MetricName: "orders", Dimensions: till("1") },
        { Namespace: "shop", MetricName: "orders", Dimensions: [] },
      ],
    });
    expect(await cloudwatch.run("ListMetrics", {}, { region: "eu-west-1" })).toEqual({ Metrics: [] });
  });

  it("filters by namespace, name and dimensions with or without a value", async () => {
    await using cloudwatch = new TestCloudwatch();
    const MetricData = ["1", "2"].map((value) => ({
      MetricName: `m${value}`,
      Value: 1,
      Dimensions: [...till(value), { Name: "Floor", Value: "0" }],
    }));
    await cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData });
    const names = async (input: object): Promise<(string | undefined)[] | undefined> =>
      (await cloudwatch.run("ListMetrics", input)).Metrics?.map(({ MetricName }) => MetricName);
    expect(await names({ Namespace: "shop" })).toEqual(["m1", "m2"]);
    expect(await names({ Namespace: "sho" })).toEqual([]);
    expect(await names({ MetricName: "m2" })).toEqual(["m2"]);
    expect(await names({ Dimensions: [{ Name: "Till" }] })).toEqual(["m1", "m2"]);
    expect(await names({ Dimensions: [{ Name: "Till", Value: "2" }, { Name: "Floor" }] })).toEqual(["m2"]);
    expect(await names({ Dimensions: [{ Name: "Roof" }] })).toEqual([]);
  });

  it("leaves out what has had no data for two weeks, or three hours when asked", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.put(1);
    const count = async (input: object = {}): Promise<number | undefined> =>
      (await cloudwatch.run("ListMetrics", input)).Metrics?.length;
    cloudwatch.clock.advance(3 * 3_600_000 + 1);
    expect(await count({ RecentlyActive: "PT3H" })).toBe(0);
    expect(await count()).toBe(1);
    cloudwatch.clock.advance(14 * 86_400_000);
    expect(await count()).toBe(0);
  });

  it("pages by 500, and takes a token only for the same question", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const part of [0, 1])
      await cloudwatch.run("PutMetricData", {
        Namespace: "shop",
        MetricData: Array.from({ length: 501 }, (_, i) => ({ MetricName: `m${part}-${i}`, Value: 1 })),
      });
    const first = await cloudwatch.run("ListMetrics", {});
    const NextToken = first.NextToken ?? "";
    const second = await cloudwatch.run("ListMetrics", { NextToken });
    const third = await cloudwatch.run("ListMetrics", { NextToken: second.NextToken });
    const pages = [first, second, third].map(({ Metrics = [] }) =>
      Metrics.map(({ MetricName }) => MetricName),
    );
    expect(pages.map((page) => page.length)).toEqual([500, 500, 2]);
    expect(new Set(pages.flat()).size).toBe(1002);
    expect(third.NextToken).toBeUndefined();
    for (const input of [{ NextToken, Namespace: "shop" }, { NextToken: "x" }])
      expect(await errorOf(cloudwatch.run("ListMetrics", input))).toMatchObject({
        code: "InvalidParameterValueException",
      });
  });

  it("refuses other accounts", async () => {
    await using cloudwatch = new TestCloudwatch();
    expect(await errorOf(cloudwatch.run("ListMetrics", { IncludeLinkedAccounts: true }))).toMatchObject({
      code: "NotImplemented",
    });
  });
});
