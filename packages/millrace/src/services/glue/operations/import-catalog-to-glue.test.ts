import { expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

it("has nothing to do, and is decided on the catalog", async () => {
  await using glue = await GlueRunner.start();
  expect(await glue.run("ImportCatalogToGlue", {})).toEqual({});
  expect(glue.resources("ImportCatalogToGlue", {})).toEqual(["arn:aws:glue:us-east-1:000000000000:catalog"]);
});
