import { describe, expect, it } from "vitest";
import { codeOf, messageOf, TestDynamodb } from "../test-dynamodb.ts";

describe("DeleteTable", () => {
  it("deletes the table with its items; a new one of the same name is empty", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await Promise.all(Array.from({ length: 500 }, (_, i) => dynamodb.put("plain", { id: { S: String(i) } })));
    const { TableDescription } = await dynamodb.run("DeleteTable", { TableName: "plain" });
    expect(TableDescription?.TableStatus).toBe("DELETING");
    expect(await codeOf(dynamodb.get("plain", { id: { S: "1" } }))).toBe("ResourceNotFoundException");
    expect(await codeOf(dynamodb.run("DeleteTable", { TableName: "plain" }))).toBe("ResourceInUseException");
    await dynamodb.pass();
    expect(await codeOf(dynamodb.run("DescribeTable", { TableName: "plain" }))).toBe(
      "ResourceNotFoundException",
    );
    expect(dynamodb.state.database.tableNames("items_")).toEqual([]);
    await dynamodb.plainTable();
    expect((await dynamodb.run("Scan", { TableName: "plain" })).Count).toBe(0);
    expect(dynamodb.logged).toEqual([]);
  });

  it("finishes after a restart what was begun", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await dynamodb.put("plain", { id: { S: "a" } });
    await dynamodb.run("DeleteTable", { TableName: "plain" });
    await dynamodb.restart();
    expect((await dynamodb.run("DescribeTable", { TableName: "plain" })).Table?.TableStatus).toBe("DELETING");
    await dynamodb.pass();
    expect((await dynamodb.run("ListTables", {})).TableNames).toEqual([]);
    expect(dynamodb.state.database.tableNames("items_")).toEqual([]);
  });

  it("leaves other operations on their way alone", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await dynamodb.plainTable("other");
    await dynamodb.run("DeleteTable", { TableName: "plain" });
    const passing = dynamodb.pass();
    await Promise.all(Array.from({ length: 50 }, (_, i) => dynamodb.put("other", { id: { S: String(i) } })));
    await passing;
    expect((await dynamodb.run("Scan", { TableName: "other" })).Count).toBe(50);
  });

  it("refuses what is protected, being made, or not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    const remove = (TableName: string): Promise<unknown> => dynamodb.run("DeleteTable", { TableName });
    expect(await codeOf(remove("nowhere"))).toBe("ResourceNotFoundException");
    await dynamodb.table({ DeletionProtectionEnabled: true });
    expect(await messageOf(remove("orders"))).toContain("protected against deletion");
    const creating = dynamodb.plainTable();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    const early = await codeOf(remove("plain"));
    await creating;
    expect(early).toBe("ResourceInUseException");
  });
});
