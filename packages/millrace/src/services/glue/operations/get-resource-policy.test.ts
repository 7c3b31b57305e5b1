import { expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const PolicyInJson = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Deny",
    Principal: "*",
    Action: "glue:*",
    Resource: "arn:aws:glue:us-east-1:000000000000:catalog",
  },
});

it("answers the policy of the caller's catalog in the region", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("PutResourcePolicy", { PolicyInJson });
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:catalog";
  expect(await glue.run("GetResourcePolicy", { ResourceArn })).toMatchObject({ PolicyInJson });
  const gone = "EntityNotFoundException: Policy not found";
  expect(await refusalOf(glue.run("GetResourcePolicy", {}, { region: "eu-west-1" }))).toBe(gone);
  expect(await refusalOf(glue.run("GetResourcePolicy", {}, { account: "111111111111" }))).toBe(gone);
  const other = { ResourceArn: "arn:aws:glue:us-east-1:000000000000:database/shop" };
  expect(await refusalOf(glue.run("GetResourcePolicy", other))).toBe(gone);
});
