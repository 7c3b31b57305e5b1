import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("goes back to AWS's own policy", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("UpdateAccountPasswordPolicy", {});
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "simple" });
  await iam.run("DeleteAccountPasswordPolicy", {});
  expect(await refusal(iam.run("GetAccountPasswordPolicy", {}))).toMatch(/^NoSuchEntityException/);
  expect(await refusal(iam.run("UpdateLoginProfile", { UserName: "jo", Password: "simple" }))).toMatch(
    /minimum length of 8/,
  );
  expect(await refusal(iam.run("DeleteAccountPasswordPolicy", {}))).toBe(
    "NoSuchEntityException: The account policy with name PasswordPolicy cannot be found.",
  );
});
