import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const DatabaseName = "shop";

it("replaces all but the name and the time of creation", async () => {
  await using glue = await GlueRunner.start();
  const FunctionName = "f";
  await glue.run("CreateUserDefinedFunction", {
    DatabaseName,
    FunctionInput: { FunctionName, ClassName: "A", OwnerName: "ann" },
  });
  const CreateTime = new Date(glue.clock.now());
  glue.clock.advance(1000);
  await glue.run("UpdateUserDefinedFunction", {
    DatabaseName,
    FunctionName,
    FunctionInput: { ClassName: "B" },
  });
  const { UserDefinedFunction } = await glue.run("GetUserDefinedFunction", { DatabaseName, FunctionName });
  expect(UserDefinedFunction).toMatchObject({ FunctionName, ClassName: "B", CreateTime });
  expect(UserDefinedFunction?.OwnerName).toBeUndefined();
});

it("refuses a function that is not there, and another name", async () => {
  await using glue = await GlueRunner.start();
  const update = (FunctionInput: object) =>
    codeOf(glue.run("UpdateUserDefinedFunction", { DatabaseName, FunctionName: "f", FunctionInput }));
  expect(await update({})).toBe("EntityNotFoundException");
  expect(await update({ FunctionName: "g" })).toBe("InvalidInputException");
});
