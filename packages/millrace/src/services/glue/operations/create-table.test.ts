import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("CreateTable", () => {
  it("keeps a table under a name in lower case", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.table("Orders", { year: "int" });
    await glue.restart();
    const { Table } = await glue.run("GetTable", { DatabaseName: "SHOP", Name: "ORDERS" });
    expect(Table).toMatchObject({
      Name: "orders",
      DatabaseName: "shop",
      CatalogId: "000000000000",
      VersionId: "0",
      CreatedBy: "arn:aws:iam::000000000000:root",
      IsRegisteredWithLakeFormation: false,
      PartitionKeys: [{ Name: "year", Type: "int" }],
    });
  });

  it("refuses a second one, and one in a database that is not there", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    expect(await refusalOf(glue.table("ORDERS"))).toBe("AlreadyExistsException: Table already exists.");
    expect(await refusalOf(glue.table("t", {}, { DatabaseName: "none" }))).toBe(
      "EntityNotFoundException: Database none not found.",
    );
  });
});
