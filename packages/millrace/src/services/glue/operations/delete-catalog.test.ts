import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("deletes a catalog with its databases and tags", async () => {
  await using glue = await GlueRunner.start();
  const CatalogId = "000000000000:lake";
  const create = (Tags: Record<string, string>) =>
    glue.run("CreateCatalog", { Name: "lake", CatalogInput: {}, Tags });
  await create({ a: "b" });
  for (let at = 0; at < 120; at++)
    await glue.run("CreateDatabase", { CatalogId, DatabaseInput: { Name: `d${at}` }, Tags: { a: "b" } });
  await glue.run("DeleteCatalog", { CatalogId });
  expect(await codeOf(glue.run("GetDatabase", { CatalogId, Name: "d0" }))).toBe("EntityNotFoundException");
  expect(await codeOf(glue.run("DeleteCatalog", { CatalogId }))).toBe("EntityNotFoundException");
  expect(glue.state.tags.of("arn:aws:glue:us-east-1:000000000000:database/lake/d0")).toEqual({});
  await create({});
  for (const Name of ["d0", "d119"])
    expect(await codeOf(glue.run("GetDatabase", { CatalogId, Name }))).toBe("EntityNotFoundException");
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:catalog/lake";
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: {} });
  await glue.run("GetDatabase", { Name: "shop" });
});

it("does not delete the default catalog", async () => {
  await using glue = await GlueRunner.start();
  expect(await codeOf(glue.run("DeleteCatalog", { CatalogId: "000000000000" }))).toBe(
    "InvalidInputException",
  );
});
