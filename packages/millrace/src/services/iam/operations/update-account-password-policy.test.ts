import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("says which passwords may be set", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("UpdateAccountPasswordPolicy", {
    ...{ MinimumPasswordLength: 10, RequireSymbols: true, RequireNumbers: true },
    ...{ RequireUppercaseCharacters: true, RequireLowercaseCharacters: true },
  });
  const refused: readonly (readonly [string, RegExp])[] = [
    ["Short-1", /minimum length of 10/],
    ["lowercase-12", /one uppercase letter/],
    ["UPPERCASE-12", /one lowercase letter/],
    ["No-numbers-here", /one number/],
    ["NoSymbols1234", /one symbol/],
    ["Not~a~symbol12", /one symbol/],
  ];
  for (const [Password, reason] of refused)
    expect(await refusal(iam.run("CreateLoginProfile", { UserName: "jo", Password }))).toMatch(reason);
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "Correct-horse-1" });
});

it("keeps passwords from being used again", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("UpdateAccountPasswordPolicy", { PasswordReusePrevention: 2 });
  const set = (Password: string): Promise<unknown> =>
    iam.run("UpdateLoginProfile", { UserName: "jo", Password });
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "first1" });
  expect(await refusal(set("first1"))).toMatch(/^PasswordPolicyViolationException: .*used before/);
  await set("second");
  expect(await refusal(set("first1"))).toMatch(/used before/);
  await set("third1");
  await set("first1");
});

it("puts back to its default what it does not name, and leaves the alias alone", async () => {
  await using iam = new TestIam();
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  await iam.run("UpdateAccountPasswordPolicy", {
    RequireNumbers: true,
    MaxPasswordAge: 90,
    HardExpiry: true,
  });
  expect((await iam.run("GetAccountPasswordPolicy", {})).PasswordPolicy).toEqual({
    ...{ MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: true },
    ...{ RequireUppercaseCharacters: false, RequireLowercaseCharacters: false },
    ...{ AllowUsersToChangePassword: false, ExpirePasswords: true, MaxPasswordAge: 90, HardExpiry: true },
  });
  await iam.run("UpdateAccountPasswordPolicy", {});
  iam.restart();
  expect((await iam.run("GetAccountPasswordPolicy", {})).PasswordPolicy).toMatchObject({
    RequireNumbers: false,
    ExpirePasswords: false,
  });
  await iam.run("DeleteAccountAlias", { AccountAlias: "acme" });
  expect((await iam.run("GetAccountPasswordPolicy", {})).PasswordPolicy).toBeDefined();
});
