import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorOf, minutes, TestCloudwatch } from "../test-cloudwatch.ts";

describe("DescribeAlarms", () => {
  it("describes an alarm as it was set, also after a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-alarms-"));
    try {
      const path = join(folder, "metrics.sqlite");
      const first = new TestCloudwatch(path);
      await first.alarm({ AlarmDescription: "Too many" });
      await using second = new TestCloudwatch(path);
      expect((await second.run("DescribeAlarms", {})).MetricAlarms).toEqual([
        {
          AlarmName: "busy",
          AlarmArn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:busy",
          AlarmDescription: "Too many",
          AlarmConfigurationUpdatedTimestamp: minutes(0),
          ActionsEnabled: true,
          OKActions: [],
          AlarmActions: [],
          InsufficientDataActions: [],
          StateValue: "INSUFFICIENT_DATA",
          StateReason: "Unchecked: Initial alarm creation",
          StateUpdatedTimestamp: minutes(0),
          StateTransitionedTimestamp: minutes(0),
          MetricName: "orders",
          Namespace: "shop",
          Statistic: "Sum",
          Dimensions: [],
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 5,
          ComparisonOperator: "GreaterThanThreshold",
        },
      ]);
      await first[Symbol.asyncDispose]();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("filters and pages", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const AlarmName of ["b2", "a", "b1"]) await cloudwatch.alarm({ AlarmName });
    await cloudwatch.run("SetAlarmState", { AlarmName: "a", StateValue: "OK", StateReason: "test" });
    const names = async (input: object): Promise<unknown> =>
      (await cloudwatch.run("DescribeAlarms", input)).MetricAlarms?.map(({ AlarmName }) => AlarmName);
    expect(await names({})).toEqual(["a", "b1", "b2"]);
    expect(await names({ AlarmNamePrefix: "b" })).toEqual(["b1", "b2"]);
    expect(await names({ AlarmNames: ["b2", "x"] })).toEqual(["b2"]);
    expect(await names({ StateValue: "OK" })).toEqual(["a"]);
    expect(await names({ AlarmTypes: ["CompositeAlarm"] })).toEqual([]);
    const { NextToken } = await cloudwatch.run("DescribeAlarms", { MaxRecords: 2 });
    expect(await names({ MaxRecords: 2, NextToken })).toEqual(["b2"]);
    const other = { AlarmNamePrefix: "b", NextToken };
    expect(await errorOf(cloudwatch.run("DescribeAlarms", other))).toMatchObject({
      code: "InvalidNextToken",
    });
  });

  it("refuses two ways to name alarms, and composite ones", async () => {
    await using cloudwatch = new TestCloudwatch();
    const both = { AlarmNames: ["a"], AlarmNamePrefix: "a" };
    expect(await errorOf(cloudwatch.run("DescribeAlarms", both))).toMatchObject({
      code: "InvalidParameterCombinationException",
    });
    expect(await errorOf(cloudwatch.run("DescribeAlarms", { ChildrenOfAlarmName: "a" }))).toMatchObject({
      code: "NotImplemented",
    });
  });
});
