import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("removes tags, also such as are not there", async () => {
  await using glue = await GlueRunner.start();
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:database/shop";
  await glue.run("TagResource", { ResourceArn, TagsToAdd: { a: "1", b: "2" } });
  await glue.run("UntagResource", { ResourceArn, TagsToRemove: ["a", "x", "__proto__"] });
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: { b: "2" } });
  const nowhere = ResourceArn.replace("shop", "nowhere");
  expect(await codeOf(glue.run("UntagResource", { ResourceArn: nowhere, TagsToRemove: ["a"] }))).toBe(
    "EntityNotFoundException",
  );
});
