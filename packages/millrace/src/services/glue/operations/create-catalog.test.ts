import { expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const arn = "arn:aws:glue:us-east-1:000000000000:catalog/lake";

it("keeps a catalog, which has databases of its own", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateCatalog", {
    Name: "lake",
    CatalogInput: {
      Description: "d",
      Parameters: { a: "b" },
      CatalogProperties: { CustomProperties: { c: "d" } },
    },
    Tags: { e: "f" },
  });
  const CatalogId = "000000000000:lake";
  await glue.run("CreateDatabase", { CatalogId, DatabaseInput: { Name: "shop", Description: "another" } });
  await glue.restart();
  const { Catalog } = await glue.run("GetCatalog", { CatalogId: "lake" });
  const made = new Date(glue.clock.now());
  expect(Catalog).toEqual({
    CatalogId,
    Name: "lake",
    ResourceArn: arn,
    Description: "d",
    Parameters: { a: "b" },
    CatalogProperties: { CustomProperties: { c: "d" } },
    CreateTime: made,
    UpdateTime: made,
  });
  expect(await glue.run("GetTags", { ResourceArn: arn })).toEqual({ Tags: { e: "f" } });
  const { Database } = await glue.run("GetDatabase", { CatalogId, Name: "shop" });
  expect(Database).toMatchObject({ Description: "another", CatalogId });
  const { Database: own } = await glue.run("GetDatabase", { Name: "shop" });
  expect(own?.Description).toBeUndefined();
});

it("refuses a name that is taken or that is none", async () => {
  await using glue = await GlueRunner.start();
  const create = (Name: string) => glue.run("CreateCatalog", { Name, CatalogInput: {} });
  const outcomes = await Promise.allSettled([create("lake"), create("lake")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(await refusalOf(create("lake"))).toBe("AlreadyExistsException: Catalog lake already exists.");
  expect(await codeOf(create("000000000000"))).toBe("InvalidInputException");
  expect(await codeOf(create("a:b"))).toBe("InvalidInputException");
});

it("says which catalogs it does not have", async () => {
  await using glue = await GlueRunner.start();
  const refusal = (CatalogInput: object) => refusalOf(glue.run("CreateCatalog", { Name: "x", CatalogInput }));
  expect(await refusal({ FederatedCatalog: {} })).toBe(
    "NotImplemented: Millrace does not have federated catalogs.",
  );
  expect(await refusal({ TargetRedshiftCatalog: { CatalogArn: "a" } })).toMatch(/^NotImplemented.*Redshift/);
  const DataLakeAccessProperties = { DataLakeAccess: true, CatalogType: "aws:redshift" };
  expect(await refusal({ CatalogProperties: { DataLakeAccessProperties } })).toMatch(
    /^NotImplemented.*Redshift/,
  );
  expect(await refusal({ CatalogProperties: { IcebergOptimizationProperties: {} } })).toMatch(
    /^NotImplemented/,
  );
});

it("is needed before databases can be created in it", async () => {
  await using glue = await GlueRunner.start();
  for (const CatalogId of ["lake", "000000000000:lake", "111111111111:lake"])
    expect(await codeOf(glue.run("CreateDatabase", { CatalogId, DatabaseInput: { Name: "d" } }))).toBe(
      "EntityNotFoundException",
    );
});
