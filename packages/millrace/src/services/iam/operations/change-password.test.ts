import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

const first = "Correct-horse-1";
const second = "Battery-staple-2";

it("changes the caller's password, who knows the old one", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: first });
  const change = (OldPassword: string, NewPassword: string): Promise<unknown> =>
    iam.run("ChangePassword", { OldPassword, NewPassword }, iam.as("jo"));
  expect(await refusal(change(second, "Another-one-3"))).toBe(
    "AccessDenied: The old password was incorrect.",
  );
  expect(await refusal(change(first, "weak"))).toMatch(/^PasswordPolicyViolationException/);
  await change(first, second);
  expect(await refusal(change(first, "Another-one-3"))).toMatch(/^AccessDenied/);
  iam.restart();
  await change(second, first);
});

it("is for users with a password alone", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const input = { OldPassword: first, NewPassword: second };
  expect(await refusal(iam.run("ChangePassword", input))).toMatch(/^InvalidUserTypeException/);
  expect(await refusal(iam.run("ChangePassword", input, iam.as("jo")))).toMatch(/^NoSuchEntityException/);
});
