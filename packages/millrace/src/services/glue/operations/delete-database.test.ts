import { describe, expect, it } from "vitest";
import { arnPrefix, GlueRunner, refusalOf } from "../test-glue.ts";

describe("DeleteDatabase", () => {
  it("deletes a database with its tables", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    await glue.run("DeleteDatabase", { Name: "Shop" });
    expect(await refusalOf(glue.run("GetTable", { DatabaseName: "shop", Name: "orders" }))).toBe(
      "EntityNotFoundException: Database shop not found.",
    );
    await glue.run("CreateDatabase", { DatabaseInput: { Name: "shop" } });
    expect(await glue.run("GetTables", { DatabaseName: "shop" })).toMatchObject({ TableList: [] });
  });

  it("touches all that is in the database", async () => {
    await using glue = await GlueRunner.start();
    expect(glue.resources("DeleteDatabase", { Name: "shop" })).toEqual([
      `${arnPrefix}catalog`,
      `${arnPrefix}database/shop`,
      `${arnPrefix}table/shop/*`,
      `${arnPrefix}userDefinedFunction/shop/*`,
    ]);
  });
});
