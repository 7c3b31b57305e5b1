import type { UserDefinedFunctionInput } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const DatabaseName = "shop";
const FunctionInput: UserDefinedFunctionInput = {
  FunctionName: "clean",
  ClassName: "com.example.Clean",
  OwnerName: "ann",
  OwnerType: "USER",
  FunctionType: "REGULAR_FUNCTION",
  ResourceUris: [{ ResourceType: "JAR", Uri: "s3://jars/clean.jar" }],
};

it("keeps a function with its database", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateUserDefinedFunction", { DatabaseName: "SHOP", FunctionInput });
  await glue.restart();
  expect(await glue.run("GetUserDefinedFunction", { DatabaseName, FunctionName: "clean" })).toEqual({
    UserDefinedFunction: {
      ...FunctionInput,
      DatabaseName,
      CatalogId: "000000000000",
      CreateTime: new Date(glue.clock.now()),
    },
  });
});

it("refuses a name that is taken, also by a call at the same time", async () => {
  await using glue = await GlueRunner.start();
  const create = () => glue.run("CreateUserDefinedFunction", { DatabaseName, FunctionInput });
  const outcomes = await Promise.allSettled([create(), create(), create()]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await refusalOf(create())).toBe("AlreadyExistsException: Function clean already exists.");
});

it("refuses what has no name, no database, or a governor", async () => {
  await using glue = await GlueRunner.start();
  const refusal = (more: object, database: string = DatabaseName) =>
    codeOf(
      glue.run("CreateUserDefinedFunction", {
        DatabaseName: database,
        FunctionInput: { ...FunctionInput, ...more },
      }),
    );
  expect(await refusal({ FunctionName: undefined })).toBe("InvalidInputException");
  expect(await refusal({}, "nowhere")).toBe("EntityNotFoundException");
  expect(await refusal({ GovernanceMode: "LAKE_FORMATION" })).toBe("NotImplemented");
});

it("is decided on the catalog, the database and the function", async () => {
  await using glue = await GlueRunner.start();
  expect(glue.resources("CreateUserDefinedFunction", { DatabaseName, FunctionInput })).toEqual([
    "arn:aws:glue:us-east-1:000000000000:catalog",
    "arn:aws:glue:us-east-1:000000000000:database/shop",
    "arn:aws:glue:us-east-1:000000000000:userDefinedFunction/shop/clean",
  ]);
});
