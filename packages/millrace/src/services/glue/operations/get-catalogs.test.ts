import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("lists the named catalogs of an account in pages", async () => {
  await using glue = await GlueRunner.start();
  for (const Name of ["c", "a", "b"]) await glue.run("CreateCatalog", { Name, CatalogInput: {} });
  const names = async (input: object): Promise<unknown> => {
    const { CatalogList, NextToken } = await glue.run("GetCatalogs", input);
    return [CatalogList?.map(({ Name }) => Name), NextToken !== undefined];
  };
  expect(await names({ Recursive: true })).toEqual([["a", "b", "c"], false]);
  expect(await names({ IncludeRoot: true })).toEqual([["000000000000", "a", "b", "c"], false]);
  const { NextToken = "" } = await glue.run("GetCatalogs", { IncludeRoot: true, MaxResults: 2 });
  expect(await names({ IncludeRoot: true, MaxResults: 2, NextToken })).toEqual([["b", "c"], false]);
  expect(await names({ ParentCatalogId: "a" })).toEqual([[], false]);
  expect(await names({ ParentCatalogId: "111111111111" })).toEqual([[], false]);
});

it("refuses a parent that is not there, and a root below a parent", async () => {
  await using glue = await GlueRunner.start();
  const refusal = (input: object) => codeOf(glue.run("GetCatalogs", input));
  expect(await refusal({ ParentCatalogId: "a" })).toBe("EntityNotFoundException");
  expect(await refusal({ ParentCatalogId: "000000000000", IncludeRoot: true })).toBe("InvalidInputException");
  expect(await refusal({ NextToken: "x" })).toBe("InvalidInputException");
});
