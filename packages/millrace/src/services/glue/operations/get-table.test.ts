import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetTable", () => {
  it("finds a table whatever the case of its name", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    const { Table } = await glue.run("GetTable", { DatabaseName: "shop", Name: "Orders" });
    expect(Table).toMatchObject({ Name: "orders", TableType: "EXTERNAL_TABLE", VersionId: "0" });
    expect(await refusalOf(glue.run("GetTable", { DatabaseName: "shop", Name: "none" }))).toBe(
      "EntityNotFoundException: Table none not found.",
    );
  });

  it("touches the catalog, the database and the table", async () => {
    await using glue = await GlueRunner.start();
    expect(
      glue.resources("GetTable", { DatabaseName: "Shop", Name: "Orders", CatalogId: "111111111111" }),
    ).toEqual(
      ["catalog", "database/shop", "table/shop/orders"].map(
        (it) => `arn:aws:glue:us-east-1:111111111111:${it}`,
      ),
    );
  });
});
