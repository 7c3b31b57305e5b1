import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetTables", () => {
  const names = async (glue: GlueRunner, Expression?: string) =>
    (await glue.run("GetTables", { DatabaseName: "shop", Expression })).TableList?.map(({ Name }) => Name);

  it("lists tables by name, a page at a time", async () => {
    await using glue = await GlueRunner.start();
    for (const name of ["c", "a", "b"]) await glue.table(name);
    const first = await glue.run("GetTables", { DatabaseName: "shop", MaxResults: 2 });
    expect(first.TableList?.map(({ Name }) => Name)).toEqual(["a", "b"]);
    const NextToken = first.NextToken;
    const last = await glue.run("GetTables", { DatabaseName: "shop", MaxResults: 2, NextToken });
    expect(last).toMatchObject({ TableList: [{ Name: "c" }], NextToken: undefined });
    const other = glue.run("GetTables", { DatabaseName: "shop", NextToken, Expression: "c" });
    expect(await refusalOf(other)).toBe("InvalidInputException: The NextToken is invalid.");
  });

  it("takes regular expressions and Hive's patterns for whole names", async () => {
    await using glue = await GlueRunner.start();
    for (const name of ["orders", "orders_2024", "customers"]) await glue.table(name);
    expect(await names(glue, "orders")).toEqual(["orders"]);
    expect(await names(glue, "orders.*")).toEqual(["orders", "orders_2024"]);
    expect(await names(glue, "orders*")).toEqual(["orders", "orders_2024"]);
    expect(await names(glue, "*ers")).toEqual(["customers", "orders"]);
    expect(await names(glue, "(customers|orders)")).toEqual(["customers", "orders"]);
    expect(await names(glue, "")).toHaveLength(3);
    expect(await refusalOf(names(glue, "[a"))).toMatch(/^InvalidInputException/);
  });

  it("answers names alone when asked to", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    const { TableList } = await glue.run("GetTables", { DatabaseName: "shop", AttributesToGet: ["NAME"] });
    expect(TableList).toEqual([{ Name: "t" }]);
  });

  it("refuses what Millrace does not have by name", async () => {
    await using glue = await GlueRunner.start();
    const past = glue.run("GetTables", { DatabaseName: "shop", QueryAsOfTime: new Date(0) });
    expect(await refusalOf(past)).toMatch(/^NotImplemented: .*as of a time/);
  });
});
