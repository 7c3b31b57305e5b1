import { describe, expect, it } from "vitest";
import { codeOf, TestDynamodb } from "../test-dynamodb.ts";

describe("DescribeContinuousBackups", () => {
  it("says since when the setting holds", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const recovery = async (): Promise<unknown> =>
      (await dynamodb.run("DescribeContinuousBackups", { TableName: "plain" })).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription;
    expect(await recovery()).toEqual({ PointInTimeRecoveryStatus: "DISABLED" });
    const since = dynamodb.clock.now();
    await dynamodb.run("UpdateContinuousBackups", {
      TableName: "plain",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    await dynamodb.pass(3_600_000);
    expect(await recovery()).toEqual({
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: new Date(since),
      LatestRestorableDateTime: new Date(since + 3_300_000),
    });
  });

  it("has an error of its own for tables that are not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    expect(await codeOf(dynamodb.run("DescribeContinuousBackups", { TableName: "nowhere" }))).toBe(
      "TableNotFoundException",
    );
  });
});
