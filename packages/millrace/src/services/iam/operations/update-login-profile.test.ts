import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("sets another password, or asks for one at the next sign-in", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "Correct-horse-1" });
  await iam.run("UpdateLoginProfile", { UserName: "jo", PasswordResetRequired: true });
  expect(await iam.run("GetLoginProfile", { UserName: "jo" })).toMatchObject({
    LoginProfile: { PasswordResetRequired: true },
  });
  await iam.run("UpdateLoginProfile", { UserName: "jo", Password: "Battery-staple-2" });
  const change = { OldPassword: "Battery-staple-2", NewPassword: "Third-one-3" };
  await iam.run("ChangePassword", change, iam.as("jo"));
  expect(await iam.run("GetLoginProfile", {}, iam.as("jo"))).toMatchObject({
    LoginProfile: { PasswordResetRequired: false },
  });
});

it("needs a login profile", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await refusal(iam.run("UpdateLoginProfile", { UserName: "jo", Password: "Correct-horse-1" }))).toBe(
    "NoSuchEntityException: Login Profile for User jo cannot be found.",
  );
});
