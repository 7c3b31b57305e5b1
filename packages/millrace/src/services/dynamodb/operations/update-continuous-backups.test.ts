import { describe, expect, it } from "vitest";
import { codeOf, TestDynamodb } from "../test-dynamodb.ts";

describe("UpdateContinuousBackups", () => {
  it("keeps the setting, also after a restart", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    const set = async (specification: object): Promise<unknown> =>
      (
        await dynamodb.run("UpdateContinuousBackups", {
          TableName: "plain",
          PointInTimeRecoverySpecification: specification as never,
        })
      ).ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    expect(await set({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 })).toMatchObject({
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: 7,
    });
    await dynamodb.restart();
    expect(await set({ PointInTimeRecoveryEnabled: true })).toMatchObject({ RecoveryPeriodInDays: 7 });
    expect(await set({ PointInTimeRecoveryEnabled: false })).toEqual({
      PointInTimeRecoveryStatus: "DISABLED",
    });
  });

  it("has an error of its own for tables that are not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    const answer = dynamodb.run("UpdateContinuousBackups", {
      TableName: "nowhere",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(await codeOf(answer)).toBe("TableNotFoundException");
  });
});
