import { expect, it } from "vitest";
import { account, TestIam } from "../test-iam.ts";

it("finds the keys of a principal's policies, and of those that the call adds", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const asking = (key: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: { Null: { [key]: "true" } } },
    });
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: asking("a:one") });
  const answer = await iam.run("GetContextKeysForPrincipalPolicy", {
    PolicySourceArn: `arn:aws:iam::${account}:role/app`,
    PolicyInputList: [asking("a:two")],
  });
  expect(answer.ContextKeyNames).toEqual(["a:one", "a:two"]);
});
