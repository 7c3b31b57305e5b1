import { describe, expect, it } from "vitest";
import { errorOf, TestDynamodb } from "../test-dynamodb.ts";

describe("DescribeTable", () => {
  it("counts items and bytes, also after a restart", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await dynamodb.put("plain", { id: { S: "a" }, x: { S: "1234567" } });
    await dynamodb.put("plain", { id: { S: "b" } });
    await dynamodb.run("DeleteItem", { TableName: "plain", Key: { id: { S: "b" } } });
    const counts = async (): Promise<unknown> => {
      const { Table } = await dynamodb.run("DescribeTable", { TableName: "plain" });
      return [Table?.ItemCount, Table?.TableSizeBytes];
    };
    expect(await counts()).toEqual([1, 11]);
    await dynamodb.restart();
    expect(await counts()).toEqual([1, 11]);
  });

  it("does not know tables of other regions", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const { code, message } = await errorOf(
      dynamodb.run("DescribeTable", { TableName: "plain" }, { region: "eu-west-1" }),
    );
    expect([code, message]).toEqual([
      "ResourceNotFoundException",
      "Requested resource not found: Table: plain not found",
    ]);
  });
});
