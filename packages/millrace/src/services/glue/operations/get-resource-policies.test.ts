import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("lists the catalog's policy if there is one", async () => {
  await using glue = await GlueRunner.start();
  expect(await glue.run("GetResourcePolicies", {})).toEqual({ GetResourcePoliciesResponseList: [] });
  const PolicyInJson = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Principal: "*",
      Action: "glue:*",
      Resource: "arn:aws:glue:us-east-1:000000000000:*",
    },
  });
  const { PolicyHash } = await glue.run("PutResourcePolicy", { PolicyInJson });
  const { GetResourcePoliciesResponseList } = await glue.run("GetResourcePolicies", {});
  expect(GetResourcePoliciesResponseList).toMatchObject([{ PolicyInJson, PolicyHash }]);
  expect(await codeOf(glue.run("GetResourcePolicies", { NextToken: "x" }))).toBe("InvalidInputException");
});
