import { expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

it("answers that nothing is encrypted until settings are put", async () => {
  await using glue = await GlueRunner.start();
  expect(await glue.run("GetDataCatalogEncryptionSettings", {})).toEqual({
    DataCatalogEncryptionSettings: {
      EncryptionAtRest: { CatalogEncryptionMode: "DISABLED" },
      ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: false },
    },
  });
  const other = { CatalogId: "111111111111" };
  expect(glue.resources("GetDataCatalogEncryptionSettings", other)).toEqual([
    "arn:aws:glue:us-east-1:111111111111:catalog",
  ]);
});
