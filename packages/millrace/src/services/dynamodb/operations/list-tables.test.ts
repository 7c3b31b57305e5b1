import { describe, expect, it } from "vitest";
import { TestDynamodb } from "../test-dynamodb.ts";

describe("ListTables", () => {
  it("lists the tables of the account and the region by name, in pages", async () => {
    await using dynamodb = await TestDynamodb.start();
    for (const name of ["ccc", "aaa", "bbb"]) await dynamodb.plainTable(name);
    await dynamodb.table({ TableName: "far" }, { region: "eu-west-1" });
    expect(await dynamodb.run("ListTables", {})).toEqual({ TableNames: ["aaa", "bbb", "ccc"] });
    expect(await dynamodb.run("ListTables", { Limit: 2 })).toEqual({
      TableNames: ["aaa", "bbb"],
      LastEvaluatedTableName: "bbb",
    });
    expect(await dynamodb.run("ListTables", { ExclusiveStartTableName: "bbb", Limit: 2 })).toEqual({
      TableNames: ["ccc"],
    });
    expect(dynamodb.resources("ListTables", {})).toEqual(["*"]);
  });
});
