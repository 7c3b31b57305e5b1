import { expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

it("goes with its database", async () => {
  await using glue = await GlueRunner.start();
  const place = { DatabaseName: "shop", FunctionName: "f" };
  await glue.run("CreateUserDefinedFunction", {
    DatabaseName: "shop",
    FunctionInput: { FunctionName: "f", ClassName: "A" },
  });
  await glue.run("DeleteDatabase", { Name: "shop" });
  expect(await refusalOf(glue.run("GetUserDefinedFunction", place))).toBe(
    "EntityNotFoundException: Database shop not found.",
  );
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "shop" } });
  expect(await refusalOf(glue.run("GetUserDefinedFunction", place))).toBe(
    "EntityNotFoundException: Function f not found.",
  );
});

it("is found through a link to its database", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateUserDefinedFunction", {
    DatabaseName: "shop",
    FunctionInput: { FunctionName: "f", ClassName: "A" },
  });
  const TargetDatabase = { CatalogId: "000000000000", DatabaseName: "shop" };
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "link", TargetDatabase } });
  const { UserDefinedFunction } = await glue.run("GetUserDefinedFunction", {
    DatabaseName: "link",
    FunctionName: "f",
  });
  expect(UserDefinedFunction).toMatchObject({ DatabaseName: "shop", ClassName: "A" });
});
