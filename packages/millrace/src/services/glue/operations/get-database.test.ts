import { describe, expect, it } from "vitest";
import { arnPrefix, GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetDatabase", () => {
  it("finds a database in its account and region only", async () => {
    await using glue = await GlueRunner.start();
    expect(await glue.run("GetDatabase", { Name: "Shop" })).toMatchObject({ Database: { Name: "shop" } });
    const refusal = "EntityNotFoundException: Database shop not found.";
    expect(await refusalOf(glue.run("GetDatabase", { Name: "shop" }, { region: "eu-west-1" }))).toBe(refusal);
    expect(await refusalOf(glue.run("GetDatabase", { Name: "shop", CatalogId: "111111111111" }))).toBe(
      refusal,
    );
  });

  it("touches the catalog and the database", async () => {
    await using glue = await GlueRunner.start();
    expect(glue.resources("GetDatabase", { Name: "Shop" })).toEqual([
      `${arnPrefix}catalog`,
      `${arnPrefix}database/shop`,
    ]);
  });
});
