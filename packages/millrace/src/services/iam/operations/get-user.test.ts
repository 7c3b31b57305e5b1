import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("describes the user of that name, or the calling one", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const named = await iam.run("GetUser", { UserName: "jo" });
  expect(named.User).toMatchObject({ UserName: "jo", Arn: `arn:aws:iam::${account}:user/jo` });
  expect(await iam.run("GetUser", {}, iam.as("jo"))).toEqual(named);
});

it("describes the root to the root, by its alias when there is one", async () => {
  await using iam = new TestIam();
  expect((await iam.run("GetUser", {})).User).toMatchObject({
    UserName: "root",
    UserId: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  expect((await iam.run("GetUser", {})).User?.UserName).toBe("acme");
});

it("refuses unknown users, and sessions that name none", async () => {
  await using iam = new TestIam();
  expect(await refusal(iam.run("GetUser", { UserName: "no" }))).toBe(
    "NoSuchEntityException: The user with name no cannot be found.",
  );
  const arn = `arn:aws:sts::${account}:assumed-role/r/s`;
  const session = { principal: { arn, account, accessKeyId: "ASIA", kind: "role" as const } };
  expect(await refusal(iam.run("GetUser", {}, session))).toBe(
    "ValidationError: Must specify userName when calling with non-User credentials",
  );
});
