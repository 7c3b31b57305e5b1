import { describe, expect, it } from "vitest";
import { errorOf, TestCloudwatch } from "../test-cloudwatch.ts";

describe("DeleteAlarms", () => {
  it("deletes the alarms that it names", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const AlarmName of ["a", "b", "c"]) await cloudwatch.alarm({ AlarmName });
    await cloudwatch.run("DeleteAlarms", { AlarmNames: ["a", "c", "a"] });
    const { MetricAlarms } = await cloudwatch.run("DescribeAlarms", {});
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(["b"]);
  });

  it("deletes none when one is not there", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    expect(await errorOf(cloudwatch.run("DeleteAlarms", { AlarmNames: ["busy", "x"] }))).toEqual({
      code: "ResourceNotFound",
      message: "Alarm x does not exist",
    });
    expect((await cloudwatch.run("DescribeAlarms", {})).MetricAlarms).toHaveLength(1);
  });
});
