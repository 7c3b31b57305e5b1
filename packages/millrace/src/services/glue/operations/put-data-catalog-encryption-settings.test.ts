import { expect, it } from "vitest";
import { testKey } from "../connections/test-keys.ts";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

it("keeps the settings of each account and region", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  const DataCatalogEncryptionSettings = {
    EncryptionAtRest: { CatalogEncryptionMode: "DISABLED" },
    ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true, AwsKmsKeyId: testKey },
  } as const;
  await glue.run("PutDataCatalogEncryptionSettings", { DataCatalogEncryptionSettings });
  await glue.restart();
  expect(await glue.run("GetDataCatalogEncryptionSettings", {})).toEqual({ DataCatalogEncryptionSettings });
  const elsewhere = await glue.run("GetDataCatalogEncryptionSettings", {}, { region: "eu-west-1" });
  expect(elsewhere).not.toEqual({ DataCatalogEncryptionSettings });
});

it("says that it does not encrypt the catalog at rest", async () => {
  await using glue = await GlueRunner.start();
  for (const CatalogEncryptionMode of ["SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"] as const) {
    const DataCatalogEncryptionSettings = { EncryptionAtRest: { CatalogEncryptionMode } };
    expect(
      await refusalOf(glue.run("PutDataCatalogEncryptionSettings", { DataCatalogEncryptionSettings })),
    ).toMatch(/^NotImplemented: Millrace does not have encryption of the Data Catalog at rest/);
  }
});

it("refuses a key that cannot encrypt, and encryption without a key", async () => {
  await using glue = await GlueRunner.start();
  const put = (AwsKmsKeyId?: string) =>
    codeOf(
      glue.run("PutDataCatalogEncryptionSettings", {
        DataCatalogEncryptionSettings: {
          ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: true, AwsKmsKeyId },
        },
      }),
    );
  expect(await put()).toBe("InvalidInputException");
  expect(await put("")).toBe("InvalidInputException");
  expect(await put("alias/nobody")).toBe("GlueEncryptionException");
});
