import { expect, it } from "vitest";
import { account, allow, refusal, TestIam, trust } from "./test-iam.ts";

it("empties itself, on disk too", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.role("app");
  await iam.policy("p");
  await iam.run("CreateUser", { UserName: "jo" }, { account: "111111111111" });
  await iam.state.reset();
  expect((await iam.run("ListUsers", {})).Users).toEqual([]);
  iam.restart();
  expect((await iam.run("ListRoles", {})).Roles).toEqual([]);
  expect((await iam.run("ListUsers", {}, { account: "111111111111" })).Users).toEqual([]);
});

it("a change that is not durable does not count, and the next one can be", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  // A store that is closed refuses each commit.
  iam.restart();
  const { state } = iam;
  iam.restart();
  const stale = state.change(account, (_account, draft) =>
    draft.put("accounts", account, { alias: "never" }),
  );
  await expect(stale).rejects.toThrow("closed");
  expect(state.account(account).accounts.get(account)).toBeUndefined();
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  expect(iam.state.account(account).accounts.get(account)).toEqual({ alias: "acme" });
});

it("changes of one entity at once all count", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await Promise.all([
    ...Array.from({ length: 10 }, (_, i) =>
      iam.run("TagUser", { UserName: "jo", Tags: [{ Key: `k${i}`, Value: "" }] }),
    ),
    iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow }),
    iam.run("UpdateUser", { UserName: "jo", NewUserName: "joan" }),
  ]);
  iam.restart();
  expect((await iam.run("ListUserTags", { UserName: "joan" })).Tags).toHaveLength(10);
  expect((await iam.run("ListUserPolicies", { UserName: "joan" })).PolicyNames).toEqual(["p"]);
});

it("a role's trust policy is a policy of the role's, by its exact ARN", async () => {
  await using iam = new TestIam();
  await iam.run("CreateRole", { RoleName: "app", Path: "/x/", AssumeRolePolicyDocument: trust });
  const { trustPolicies } = await import("./trust-policies.ts");
  const of = (arn: string): readonly string[] => trustPolicies(iam.state, arn);
  expect(of(`arn:aws:iam::${account}:role/x/app`)).toEqual([trust]);
  for (const other of [
    `arn:aws:iam::${account}:role/app`,
    `arn:aws:iam::${account}:user/x/app`,
    "arn:aws:iam::111111111111:role/x/app",
    "*",
  ])
    expect(of(other)).toEqual([]);
});

it("refuses a marker of another account", async () => {
  await using iam = new TestIam();
  for (const name of ["a", "b"]) await iam.user(name);
  const { Marker } = await iam.run("ListUsers", { MaxItems: 1 });
  expect(await refusal(iam.run("ListUsers", { Marker }, { account: "111111111111" }))).toMatch(/^Validation/);
});
