import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { limits } from "../limits.ts";
import { errorOf, TestCloudwatch } from "../test-cloudwatch.ts";

describe("PutMetricAlarm", () => {
  it("goes to ALARM when the metric crosses the threshold, and back", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    expect(await cloudwatch.stateAt(0)).toBe("INSUFFICIENT_DATA");
    for (const [minute, value] of [
      [0, 6],
      [1, 5],
      [2, 7],
    ] as const)
      await cloudwatch.put(value, minute);
    expect(await cloudwatch.stateAt(1)).toBe("ALARM");
    expect(await cloudwatch.stateAt(2)).toBe("OK");
    expect(await cloudwatch.stateAt(3)).toBe("ALARM");
  });

  it("is evaluated by the clock", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm({ Period: 10 });
    await cloudwatch.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [{ MetricName: "orders", Value: 9, StorageResolution: 1 }],
    });
    cloudwatch.clock.advance(limits.evaluationMs);
    // The evaluation reads, and writes in the next turn of the event loop.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    const { MetricAlarms } = await cloudwatch.run("DescribeAlarms", {});
    expect(MetricAlarms?.[0]?.StateValue).toBe("ALARM");
  });

  it.each([
    // Three periods, all of which must breach; values of the minutes 0 to 4, a dash where there is none.
    ["missing", "- - - - -", "INSUFFICIENT_DATA"],
    ["missing", "- - - - 0", "OK"],
    ["missing", "0 - 9 - 9", "OK"],
    ["missing", "0 9 9 - 9", "ALARM"],
    ["missing", "- - 9 - -", "ALARM"],
    ["breaching", "- - - - -", "ALARM"],
    ["breaching", "- - - - 0", "OK"],
    ["breaching", "- - 9 - -", "ALARM"],
    ["notBreaching", "- - - - -", "OK"],
    ["notBreaching", "- - 9 - -", "OK"],
    ["notBreaching", "0 9 9 - 9", "ALARM"],
    ["ignore", "- - 9 - -", "INSUFFICIENT_DATA"],
    ["ignore", "- - - - 0", "OK"],
  ])("treats missing data as %s: %s is %s", async (TreatMissingData, values, wanted) => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm({ EvaluationPeriods: 3, TreatMissingData });
    for (const [minute, value] of values.split(" ").entries())
      if (value !== "-") await cloudwatch.put(Number(value), minute);
    expect(await cloudwatch.stateAt(5)).toBe(wanted);
  });

  it.each([
    ["GreaterThanOrEqualToThreshold", 5, "ALARM"],
    ["LessThanThreshold", 5, "OK"],
    ["LessThanOrEqualToThreshold", 5, "ALARM"],
  ] as const)("compares with %s", async (ComparisonOperator, value, wanted) => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm({ ComparisonOperator });
    await cloudwatch.put(value);
    expect(await cloudwatch.stateAt(1)).toBe(wanted);
  });

  it("takes M out of N, and percentiles", async () => {
    await using cloudwatch = new TestCloudwatch();
    const ExtendedStatistic = "p50";
    await cloudwatch.alarm({
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Statistic: undefined,
      ExtendedStatistic,
    });
    for (const [minute, value] of [9, 1, 9].entries()) await cloudwatch.put(value, minute);
    expect(await cloudwatch.stateAt(3)).toBe("ALARM");
    expect(await cloudwatch.stateAt(5)).toBe("ALARM");
  });

  it("refuses what it cannot evaluate, and what it cannot do", async () => {
    await using cloudwatch = new TestCloudwatch();
    const refusal = async (changes: Partial<PutMetricAlarmInput>): Promise<string> =>
      (await errorOf(cloudwatch.alarm(changes))).code;
    expect(await refusal({ AlarmActions: ["arn:aws:sns:us-east-1:000000000000:topic"] })).toBe(
      "NotImplemented",
    );
    expect(await refusal({ Metrics: [] })).toBe("NotImplemented");
    expect(await refusal({ ComparisonOperator: "GreaterThanUpperThreshold" })).toBe("NotImplemented");
    expect(await refusal({ Threshold: undefined })).toBe("MissingRequiredParameterException");
    expect(await refusal({ Statistic: undefined })).toBe("InvalidParameterCombinationException");
    expect(await refusal({ ExtendedStatistic: "p50" })).toBe("InvalidParameterCombinationException");
    for (const changes of [
      { Period: 7 },
      { DatapointsToAlarm: 2 },
      { TreatMissingData: "so what" },
      { Period: 3600, EvaluationPeriods: 169 },
    ])
      expect(await refusal(changes)).toBe("InvalidParameterValueException");
    expect((await cloudwatch.run("DescribeAlarms", {})).MetricAlarms).toEqual([]);
  });
});
