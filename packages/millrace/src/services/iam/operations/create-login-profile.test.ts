import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

const Password = "Correct-horse-1";

it("gives a user a password, which is kept so that nobody can read it", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await iam.run("CreateLoginProfile", { UserName: "jo", Password })).toEqual({
    LoginProfile: { UserName: "jo", CreateDate: new Date(iam.clock.now()), PasswordResetRequired: false },
  });
  iam.restart();
  expect(await iam.run("GetLoginProfile", { UserName: "JO" })).toMatchObject({
    LoginProfile: { UserName: "jo" },
  });
  const [login] = iam.state.account(account).logins.values();
  const kept = Buffer.from(login?.password ?? "", "base64");
  expect(kept.length).toBeGreaterThan(49);
  expect(JSON.stringify(login)).not.toContain(Password);
});

it("refuses a second one, an unknown user, and none at all", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("CreateLoginProfile", { UserName: "jo", Password, PasswordResetRequired: true });
  expect(await refusal(iam.run("CreateLoginProfile", { UserName: "jo", Password }))).toBe(
    "EntityAlreadyExistsException: Login Profile for User jo already exists.",
  );
  expect(await refusal(iam.run("CreateLoginProfile", { UserName: "no", Password }))).toMatch(
    /name no cannot/,
  );
  await iam.user("al");
  expect(await refusal(iam.run("CreateLoginProfile", { UserName: "al" }))).toMatch(/^ValidationError/);
});

it("asks for eight characters, of three kinds", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  for (const weak of ["alllowercase", "ALLUPPER123", "1234567890-", "Sh0rt-!"])
    expect(await refusal(iam.run("CreateLoginProfile", { UserName: "jo", Password: weak }))).toMatch(
      /^PasswordPolicyViolationException/,
    );
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "lower-and-1" });
});

it("makes one of two that are asked for at once", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const make = (): Promise<string> =>
    iam.run("CreateLoginProfile", { UserName: "jo", Password }).then(
      () => "made",
      (error: Error) => (error as Error & { code: string }).code,
    );
  const outcomes = await Promise.all([make(), make(), make()]);
  expect(outcomes.filter((outcome) => outcome === "made")).toHaveLength(1);
  expect(outcomes).toContain("EntityTemporarilyUnmodifiableException");
});
