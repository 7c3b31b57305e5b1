import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const PolicyInJson = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Deny",
    Principal: "*",
    Action: "glue:*",
    Resource: "arn:aws:glue:us-east-1:000000000000:*",
  },
});

it("deletes the policy that the caller believes is there", async () => {
  await using glue = await GlueRunner.start();
  const { PolicyHash } = await glue.run("PutResourcePolicy", { PolicyInJson });
  const remove = (input: object) => glue.run("DeleteResourcePolicy", input);
  expect(await codeOf(remove({ PolicyHashCondition: "x" }))).toBe("ConditionCheckFailureException");
  expect(await codeOf(remove({ ResourceArn: "arn:aws:glue:us-east-1:000000000000:database/a" }))).toBe(
    "EntityNotFoundException",
  );
  await remove({ PolicyHashCondition: PolicyHash });
  expect(glue.state.policies.of("arn:aws:glue:us-east-1:000000000000:catalog")).toEqual([]);
  expect(await codeOf(remove({}))).toBe("EntityNotFoundException");
});
