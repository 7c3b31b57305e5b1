import { describe, expect, it } from "vitest";
import { TestDynamodb } from "../test-dynamodb.ts";

describe("DescribeLimits", () => {
  it("answers AWS's defaults", async () => {
    await using dynamodb = await TestDynamodb.start();
    expect(await dynamodb.run("DescribeLimits", {})).toEqual({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
  });
});
