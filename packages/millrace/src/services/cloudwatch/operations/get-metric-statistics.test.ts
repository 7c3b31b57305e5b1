import type { GetMetricStatisticsInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { errorOf, minutes, startMs, TestCloudwatch } from "../test-cloudwatch.ts";

const base: GetMetricStatisticsInput = {
  Namespace: "shop",
  MetricName: "orders",
  StartTime: minutes(0),
  EndTime: minutes(10),
  Period: 60,
  Statistics: ["Sum"],
};

describe("GetMetricStatistics", () => {
  it("answers the periods that have data, from the rounded start to before the end", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const minute of [-1, 0, 2, 3, 10]) await cloudwatch.put(minute + 100, minute);
    const answer = await cloudwatch.run("GetMetricStatistics", {
      ...base,
      StartTime: new Date(startMs + 59_999),
    });
    expect(answer).toEqual({
      Label: "orders",
      Datapoints: [
        { Timestamp: minutes(0), Sum: 100, Unit: "None" },
        { Timestamp: minutes(2), Sum: 102, Unit: "None" },
        { Timestamp: minutes(3), Sum: 103, Unit: "None" },
      ],
    });
  });

  it("counts longer periods from the start", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (let minute = 0; minute < 10; minute++) await cloudwatch.put(1, minute);
    const { Datapoints } = await cloudwatch.run("GetMetricStatistics", {
      ...base,
      StartTime: minutes(1),
      Period: 300,
    });
    expect(Datapoints).toEqual([
      { Timestamp: minutes(1), Sum: 5, Unit: "None" },
      { Timestamp: minutes(6), Sum: 4, Unit: "None" },
    ]);
  });

  it("answers each unit on its own, or the one that was asked for", async () => {
    await using cloudwatch = new TestCloudwatch();
    const MetricData = (["Count", "Bytes"] as const).map((Unit) => ({
      MetricName: "orders",
      Value: 1,
      Unit,
    }));
    await cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData });
    const both = await cloudwatch.run("GetMetricStatistics", base);
    expect(both.Datapoints?.map(({ Unit }) => Unit)).toEqual(["Bytes", "Count"]);
    const one = await cloudwatch.run("GetMetricStatistics", { ...base, Unit: "Count" });
    expect(one.Datapoints?.map(({ Unit }) => Unit)).toEqual(["Count"]);
    expect((await cloudwatch.run("GetMetricStatistics", { ...base, Unit: "Percent" })).Datapoints).toEqual(
      [],
    );
  });

  it("answers percentiles of the values, where they are known", async () => {
    await using cloudwatch = new TestCloudwatch();
    const Values = Array.from({ length: 100 }, (_, i) => i + 1);
    await cloudwatch.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [{ MetricName: "orders", Values }],
    });
    const extended = { ...base, Statistics: undefined, ExtendedStatistics: ["p50", "p99.5", "p0.0", "p100"] };
    expect((await cloudwatch.run("GetMetricStatistics", extended)).Datapoints).toEqual([
      {
        Timestamp: minutes(0),
        Unit: "None",
        ExtendedStatistics: { p50: 50, "p99.5": 100, "p0.0": 1, p100: 100 },
      },
    ]);
    const StatisticValues = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 };
    await cloudwatch.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [{ MetricName: "orders", StatisticValues }],
    });
    expect((await cloudwatch.run("GetMetricStatistics", extended)).Datapoints).toEqual([]);
  });

  it("reads high-resolution metrics by the second", async () => {
    await using cloudwatch = new TestCloudwatch();
    const MetricData = [0, 1, 7].map((second) => ({
      MetricName: "orders",
      Value: 1,
      Timestamp: new Date(startMs + second * 1000),
      StorageResolution: 1,
    }));
    await cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData });
    const sums = async (Period: number): Promise<(number | undefined)[] | undefined> =>
      (await cloudwatch.run("GetMetricStatistics", { ...base, Period })).Datapoints?.map(({ Sum }) => Sum);
    expect(await sums(1)).toEqual([1, 1, 1]);
    expect(await sums(5)).toEqual([2, 1]);
    expect(await sums(60)).toEqual([3]);
  });

  it("refuses what AWS refuses", async () => {
    await using cloudwatch = new TestCloudwatch();
    const refusal = (changes: Partial<GetMetricStatisticsInput>): ReturnType<typeof errorOf> =>
      errorOf(cloudwatch.run("GetMetricStatistics", { ...base, ...changes }));
    expect(await refusal({ EndTime: minutes(0) })).toEqual({
      code: "InvalidParameterValueException",
      message: "The parameter StartTime must not equal parameter EndTime.",
    });
    expect(await refusal({ EndTime: minutes(2 * 1440) })).toEqual({
      code: "InvalidParameterCombinationException",
      message:
        "You have requested up to 2,880 datapoints, which exceeds the limit of 1,440. You may reduce the " +
        "datapoints requested by increasing Period, or decreasing the time range.",
    });
    expect(await refusal({ EndTime: minutes(-1) })).toMatchObject({ code: "InvalidParameterValueException" });
    expect(await refusal({ Period: 90 })).toMatchObject({ code: "InvalidParameterValueException" });
    expect(await refusal({ Statistics: undefined })).toMatchObject({
      code: "MissingRequiredParameterException",
    });
    expect(await refusal({ ExtendedStatistics: ["p50"] })).toMatchObject({
      code: "InvalidParameterCombinationException",
    });
    for (const name of ["p101", "Sum", "p", "toString"])
      expect(await refusal({ Statistics: undefined, ExtendedStatistics: [name] })).toMatchObject({
        code: "InvalidParameterValueException",
      });
    expect(await refusal({ Statistics: undefined, ExtendedStatistics: ["tm99"] })).toEqual({
      code: "NotImplemented",
      message: "The statistic tm99 is not implemented by Millrace.",
    });
  });
});
