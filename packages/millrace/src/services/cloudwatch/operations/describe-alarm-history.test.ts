import { describe, expect, it } from "vitest";
import { limits } from "../limits.ts";
import { errorOf, minutes, TestCloudwatch } from "../test-cloudwatch.ts";

describe("DescribeAlarmHistory", () => {
  it("tells what happened, the newest first", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    await cloudwatch.put(9);
    await cloudwatch.stateAt(1);
    await cloudwatch.run("DeleteAlarms", { AlarmNames: ["busy"] });
    const { AlarmHistoryItems = [] } = await cloudwatch.run("DescribeAlarmHistory", { AlarmName: "busy" });
    expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm "busy" deleted',
      "Alarm updated from INSUFFICIENT_DATA to ALARM",
      'Alarm "busy" created',
    ]);
    expect(AlarmHistoryItems[1]).toMatchObject({ HistoryItemType: "StateUpdate", Timestamp: minutes(1) });
    expect(JSON.parse(AlarmHistoryItems[1]?.HistoryData ?? "")).toMatchObject({
      newState: {
        stateValue: "ALARM",
        stateReason:
          "Threshold Crossed: 1 out of the last 1 datapoints [9] were greater than the threshold (5).",
      },
    });
  });

  it("filters, and pages in either order", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const AlarmName of ["a", "b", "c"]) {
      await cloudwatch.alarm({ AlarmName });
      cloudwatch.clock.advance(1_000);
    }
    const names = async (input: object): Promise<unknown> =>
      (await cloudwatch.run("DescribeAlarmHistory", input)).AlarmHistoryItems?.map(
        ({ AlarmName }) => AlarmName,
      );
    expect(await names({ AlarmName: "b" })).toEqual(["b"]);
    expect(await names({ HistoryItemType: "StateUpdate" })).toEqual([]);
    expect(await names({ StartDate: new Date(minutes(0).getTime() + 1_000) })).toEqual(["c", "b"]);
    const ScanBy = "TimestampAscending" as const;
    const { NextToken } = await cloudwatch.run("DescribeAlarmHistory", { MaxRecords: 2, ScanBy });
    expect(await names({ MaxRecords: 2, ScanBy, NextToken })).toEqual(["c"]);
    expect(await errorOf(cloudwatch.run("DescribeAlarmHistory", { NextToken }))).toMatchObject({
      code: "InvalidNextToken",
    });
  });

  it("forgets after thirty days", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.alarm();
    await cloudwatch.file.write(() =>
      cloudwatch.state.alarms.sweep(minutes(0).getTime() + limits.historyMs + 1),
    );
    expect((await cloudwatch.run("DescribeAlarmHistory", {})).AlarmHistoryItems).toEqual([]);
  });
});
