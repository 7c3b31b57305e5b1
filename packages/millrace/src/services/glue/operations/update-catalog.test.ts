import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("replaces what a catalog says, the default one's, too", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateCatalog", { Name: "lake", CatalogInput: { Description: "old" } });
  const CreateTime = new Date(glue.clock.now());
  glue.clock.advance(1000);
  for (const CatalogId of ["lake", "000000000000"])
    await glue.run("UpdateCatalog", { CatalogId, CatalogInput: { Parameters: { a: "b" } } });
  await glue.restart();
  const { Catalog } = await glue.run("GetCatalog", { CatalogId: "lake" });
  const UpdateTime = new Date(glue.clock.now());
  expect(Catalog).toMatchObject({ Parameters: { a: "b" }, CreateTime, UpdateTime });
  expect(Catalog?.Description).toBeUndefined();
  const { Catalog: own } = await glue.run("GetCatalog", { CatalogId: "000000000000" });
  expect(own).toMatchObject({ Parameters: { a: "b" } });
  const { CatalogList } = await glue.run("GetCatalogs", {});
  expect(CatalogList).toHaveLength(1);
});

it("refuses a catalog that is not there, and a kind that Millrace does not have", async () => {
  await using glue = await GlueRunner.start();
  expect(await codeOf(glue.run("UpdateCatalog", { CatalogId: "x", CatalogInput: {} }))).toBe(
    "EntityNotFoundException",
  );
  const CatalogInput = { FederatedCatalog: {} };
  expect(await codeOf(glue.run("UpdateCatalog", { CatalogId: "000000000000", CatalogInput }))).toBe(
    "NotImplemented",
  );
});
