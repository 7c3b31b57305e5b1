import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const ResourceArn = "arn:aws:glue:us-east-1:000000000000:database/new";

it("answers the tags that a database was made with, until it is deleted", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "new" }, Tags: { a: "b" } });
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: { a: "b" } });
  await glue.run("DeleteDatabase", { Name: "new" });
  expect(await codeOf(glue.run("GetTags", { ResourceArn }))).toBe("EntityNotFoundException");
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "new" } });
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: {} });
});
