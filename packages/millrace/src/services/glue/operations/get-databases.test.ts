import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetDatabases", () => {
  it("lists databases by name, a page at a time", async () => {
    await using glue = await GlueRunner.start();
    for (const Name of ["b", "a"]) await glue.run("CreateDatabase", { DatabaseInput: { Name } });
    const first = await glue.run("GetDatabases", { MaxResults: 2 });
    expect(first.DatabaseList?.map(({ Name }) => Name)).toEqual(["a", "b"]);
    const last = await glue.run("GetDatabases", { MaxResults: 2, NextToken: first.NextToken });
    expect(last.DatabaseList?.map(({ Name }) => Name)).toEqual(["shop"]);
    expect(last.NextToken).toBeUndefined();
  });

  it("finds no catalog that is not there", async () => {
    await using glue = await GlueRunner.start();
    expect(await refusalOf(glue.run("GetDatabases", { CatalogId: "lake" }))).toBe(
      "EntityNotFoundException: Catalog lake not found.",
    );
  });

  it("answers names alone when asked to", async () => {
    await using glue = await GlueRunner.start();
    expect(await glue.run("GetDatabases", { AttributesToGet: ["NAME"] })).toMatchObject({
      DatabaseList: [{ Name: "shop" }],
    });
    expect(await refusalOf(glue.run("GetDatabases", { AttributesToGet: ["TARGET_DATABASE"] }))).toMatch(
      /^InvalidInputException/,
    );
  });

  it("lists none of other accounts, and refuses tokens that it has not made", async () => {
    await using glue = await GlueRunner.start();
    expect(await glue.run("GetDatabases", { ResourceShareType: "FOREIGN" })).toEqual({ DatabaseList: [] });
    expect(await refusalOf(glue.run("GetDatabases", { NextToken: "forged" }))).toBe(
      "InvalidInputException: The NextToken is invalid.",
    );
  });
});
