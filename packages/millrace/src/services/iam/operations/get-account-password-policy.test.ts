import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("says that there is none", async () => {
  await using iam = new TestIam();
  expect(await refusal(iam.run("GetAccountPasswordPolicy", {}))).toBe(
    `NoSuchEntityException: The Password Policy with domain name ${account} cannot be found.`,
  );
});
