import { describe, expect, it } from "vitest";
import { codeOf, TestDynamodb } from "../test-dynamodb.ts";

describe("DescribeTimeToLive", () => {
  it("follows the setting through its states", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const status = async (): Promise<unknown> =>
      (await dynamodb.run("DescribeTimeToLive", { TableName: "plain" })).TimeToLiveDescription;
    const set = (Enabled: boolean): Promise<unknown> =>
      dynamodb.run("UpdateTimeToLive", {
        TableName: "plain",
        TimeToLiveSpecification: { Enabled, AttributeName: "expires" },
      });
    expect(await status()).toEqual({ TimeToLiveStatus: "DISABLED" });
    await set(true);
    expect(await status()).toEqual({ TimeToLiveStatus: "ENABLING", AttributeName: "expires" });
    await dynamodb.pass();
    expect(await status()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    await set(false);
    expect(await status()).toEqual({ TimeToLiveStatus: "DISABLING", AttributeName: "expires" });
    await dynamodb.pass();
    expect(await status()).toEqual({ TimeToLiveStatus: "DISABLED" });
  });

  it("knows no table that is not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    expect(await codeOf(dynamodb.run("DescribeTimeToLive", { TableName: "nowhere" }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
