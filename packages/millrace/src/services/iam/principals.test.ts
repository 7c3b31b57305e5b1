import { expect, it } from "vitest";
import type { Principal } from "../../gateway/call.ts";
import { Principals } from "./principals.ts";
import { account, allow, TestIam } from "./test-iam.ts";

/** A user with a key; the key's id and secret. */
async function userWithKey(iam: TestIam, UserName: string): Promise<{ id: string; secret: string }> {
  await iam.user(UserName);
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName });
  return { id: AccessKey?.AccessKeyId ?? "", secret: AccessKey?.SecretAccessKey ?? "" };
}

async function rolePrincipal(iam: TestIam, RoleName: string): Promise<Principal> {
  const { Role } = await iam.run("GetRole", { RoleName });
  const arn = `arn:aws:sts::${account}:assumed-role/${RoleName}/one`;
  const userId = `${Role?.RoleId}:one`;
  return { arn, account, accessKeyId: "ASIA", kind: "role", userId, roleArn: Role?.Arn ?? "" };
}

it("finds the owner of a key, also after the user's name has changed", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  const { id, secret } = await userWithKey(iam, "jo");
  const first = principals.userCredential(id);
  expect(first).toMatchObject({
    ...{ accessKeyId: id, secretKey: secret, account, kind: "user" },
    principal: { arn: `arn:aws:iam::${account}:user/jo`, userId: expect.stringMatching(/^AIDA/) },
  });
  expect(principals.userCredential(id)).toBe(first);
  await iam.run("UpdateUser", { UserName: "jo", NewUserName: "joan" });
  expect(principals.userCredential(id)?.arn).toBe(`arn:aws:iam::${account}:user/joan`);
});

it("knows no keys that are off, gone or made up", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  const { id } = await userWithKey(iam, "jo");
  await iam.run("UpdateAccessKey", { UserName: "jo", AccessKeyId: id, Status: "Inactive" });
  expect(principals.userCredential(id)).toBeUndefined();
  await iam.run("UpdateAccessKey", { UserName: "jo", AccessKeyId: id, Status: "Active" });
  expect(principals.userCredential(id)).toBeDefined();
  await iam.run("DeleteAccessKey", { UserName: "jo", AccessKeyId: id });
  for (const other of [id, "test", "", "AKIAAAAAAAAAAAAAAAAA"])
    expect(principals.userCredential(other)).toBeUndefined();
});

it("collects inline, attached and groups' policies, and computes them once a change", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  const { id } = await userWithKey(iam, "jo");
  const principal = principals.userCredential(id)?.principal as Principal;
  const before = principals.profile(principal);
  expect(before.policies).toEqual({ identity: [], boundaries: [], session: undefined });
  expect(principals.profile(principal)).toBe(before);
  await iam.group("staff");
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow });
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" });
  await iam.run("AttachGroupPolicy", { GroupName: "staff", PolicyArn: await iam.policy("q") });
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary: await iam.policy("b") });
  const { policies } = principals.profile(principal);
  expect(policies.identity).toHaveLength(3);
  expect(policies.boundaries).toHaveLength(1);
});

it("uses the default version of a policy", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  await iam.role("app");
  const principal = await rolePrincipal(iam, "app");
  const PolicyArn = await iam.policy("p");
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn });
  const effect = (): unknown => principals.profile(principal).policies.identity[0]?.statements[0]?.effect;
  const PolicyDocument = allow.replace("Allow", "Deny");
  await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument });
  expect(effect()).toBe("Allow");
  await iam.run("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" });
  expect(effect()).toBe("Deny");
});

it("a session ends with its role, also when another gets the name", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  await iam.role("app");
  const principal = await rolePrincipal(iam, "app");
  expect(principals.isCurrent(principal)).toBe(true);
  await iam.run("DeleteRole", { RoleName: "app" });
  expect(principals.isCurrent(principal)).toBe(false);
  await iam.role("app");
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  expect(principals.isCurrent(principal)).toBe(false);
  expect(principals.profile(principal).policies.identity).toEqual([]);
});

it("a session policy that cannot be found allows nothing", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  await iam.role("app");
  const principal = await rolePrincipal(iam, "app");
  const session = { issuedAtMs: 0, tags: {}, transitiveTagKeys: [] };
  const sessionOf = (more: object): unknown =>
    principals.profile({ ...principal, session: { ...session, ...more } }).policies.session;
  expect(sessionOf({})).toBeUndefined();
  expect(sessionOf({ policies: [allow] })).toHaveLength(1);
  expect(sessionOf({ policyArns: ["arn:aws:iam::aws:policy/NoSuchPolicy"] })).toEqual([]);
});

it("says which condition keys follow from the principal", async () => {
  await using iam = new TestIam();
  const principals = new Principals(iam.state);
  const root: Principal = { arn: `arn:aws:iam::${account}:root`, account, accessKeyId: "", kind: "root" };
  expect(principals.profile(root).context).toMatchObject({
    "aws:PrincipalType": "Account",
    "aws:userid": account,
  });
  const { id } = await userWithKey(iam, "jo");
  await iam.run("TagUser", { UserName: "jo", Tags: [{ Key: "team", Value: "a" }] });
  const user = principals.userCredential(id)?.principal as Principal;
  expect(principals.profile(user).context).toMatchObject({
    "aws:PrincipalType": "User",
    "aws:username": "jo",
    "aws:userid": user.userId,
    "aws:PrincipalTag/team": "a",
  });
  expect(principals.profile(user).context).not.toHaveProperty("aws:TokenIssueTime");
  await iam.role("app");
  await iam.run("TagRole", { RoleName: "app", Tags: [{ Key: "team", Value: "role" }] });
  const role = await rolePrincipal(iam, "app");
  const session = { issuedAtMs: 0, tags: { team: "session" }, transitiveTagKeys: [] };
  expect(principals.profile({ ...role, session }).context).toMatchObject({
    "aws:PrincipalType": "AssumedRole",
    "aws:PrincipalArn": role.roleArn,
    "aws:userid": role.userId,
    "aws:PrincipalTag/team": "session",
    "aws:TokenIssueTime": "1970-01-01T00:00:00.000Z",
    "aws:MultiFactorAuthPresent": "false",
  });
  const anonymous: Principal = { arn: "*", account: "", accessKeyId: "", kind: "anonymous" };
  expect(principals.profile(anonymous).context).toMatchObject({ "aws:PrincipalType": "Anonymous" });
});
