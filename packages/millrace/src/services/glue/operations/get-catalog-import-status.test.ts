import { expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

it("answers that nothing is left to import", async () => {
  await using glue = await GlueRunner.start();
  expect(await glue.run("GetCatalogImportStatus", {})).toEqual({ ImportStatus: { ImportCompleted: true } });
});
