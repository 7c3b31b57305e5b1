import { describe, expect, it } from "vitest";
import { errorOf, TestCloudwatch } from "../test-cloudwatch.ts";

const input = { AlarmName: "busy", StateValue: "ALARM" as const, StateReason: "a test" };

describe("SetAlarmState", () => {
  it("holds until the alarm is evaluated again", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    await cloudwatch.run("SetAlarmState", { ...input, StateReasonData: '{"a":1}' });
    const { MetricAlarms } = await cloudwatch.run("DescribeAlarms", {});
    expect(MetricAlarms?.[0]).toMatchObject({
      StateValue: "ALARM",
      StateReason: "a test",
      StateReasonData: '{"a":1}',
    });
    await cloudwatch.put(1);
    expect(await cloudwatch.stateAt(1)).toBe("OK");
  });

  it("neither brings a deleted alarm back nor is lost, when both happen at once", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    const setting = cloudwatch.run("SetAlarmState", input);
    const deleting = cloudwatch.run("DeleteAlarms", { AlarmNames: ["busy"] });
    const late = errorOf(cloudwatch.run("SetAlarmState", input));
    await Promise.all([setting, deleting]);
    expect(await late).toMatchObject({ code: "ResourceNotFound" });
    expect(cloudwatch.file.prepare("SELECT * FROM alarms").all()).toEqual([]);
    expect((await cloudwatch.run("DescribeAlarmHistory", {})).AlarmHistoryItems).toHaveLength(3);
  });

  it("refuses an alarm that is not there, and data that is not JSON", async () => {
    await using cloudwatch = new TestCloudwatch();
    expect(await errorOf(cloudwatch.run("SetAlarmState", input))).toMatchObject({ code: "ResourceNotFound" });
    await cloudwatch.alarm();
    expect(await errorOf(cloudwatch.run("SetAlarmState", { ...input, StateReasonData: "{" }))).toMatchObject({
      code: "InvalidFormatFault",
    });
  });
});
