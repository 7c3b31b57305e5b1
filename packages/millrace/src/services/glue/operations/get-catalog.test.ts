import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("answers the default catalog of any account", async () => {
  await using glue = await GlueRunner.start();
  for (const CatalogId of ["000000000000", "111111111111"]) {
    const { Catalog } = await glue.run("GetCatalog", { CatalogId });
    expect(Catalog).toEqual({
      CatalogId,
      Name: CatalogId,
      ResourceArn: `arn:aws:glue:us-east-1:${CatalogId}:catalog`,
    });
    expect(glue.resources("GetCatalog", { CatalogId })).toEqual([Catalog?.ResourceArn]);
  }
});

it("finds no catalog that is not there", async () => {
  await using glue = await GlueRunner.start();
  for (const CatalogId of ["lake", "000000000000:lake", "s3tablescatalog/bucket", "0", "__proto__"])
    expect(await codeOf(glue.run("GetCatalog", { CatalogId }))).toBe("EntityNotFoundException");
});
