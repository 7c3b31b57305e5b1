import { expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const place = { DatabaseName: "shop", FunctionName: "f" };

it("deletes a function once", async () => {
  await using glue = await GlueRunner.start();
  const create = () =>
    glue.run("CreateUserDefinedFunction", {
      DatabaseName: "shop",
      FunctionInput: { FunctionName: "f", ClassName: "A" },
    });
  await create();
  await glue.run("DeleteUserDefinedFunction", place);
  const gone = "EntityNotFoundException: Function f not found.";
  expect(await refusalOf(glue.run("GetUserDefinedFunction", place))).toBe(gone);
  expect(await refusalOf(glue.run("DeleteUserDefinedFunction", place))).toBe(gone);
  await create();
});
