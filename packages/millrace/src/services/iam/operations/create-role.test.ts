import { expect, it } from "vitest";
import { account, refusal, TestIam, trust } from "../test-iam.ts";

it("makes a role with all it can have", async () => {
  await using iam = new TestIam();
  const { Role } = await iam.run("CreateRole", {
    RoleName: "App",
    Path: "/x/",
    AssumeRolePolicyDocument: trust,
    Description: "runs",
    MaxSessionDuration: 7_200,
    Tags: [{ Key: "a", Value: "b" }],
  });
  expect(Role).toMatchObject({
    Path: "/x/",
    RoleName: "App",
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${account}:role/x/App`,
    Description: "runs",
    MaxSessionDuration: 7_200,
    Tags: [{ Key: "a", Value: "b" }],
  });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(trust);
  iam.restart();
  expect((await iam.run("GetRole", { RoleName: "app" })).Role).toEqual(Role);
});

it.each([
  ["a resource", trust.replace('"Action"', '"Resource":"*","Action"')],
  ["no principal", trust.replace(/"Principal":{[^}]*},/, "")],
  ["a principal that is none", trust.replace(`"${account}"`, '"jo"')],
  ["an action that is not of STS", trust.replace("sts:AssumeRole", "s3:GetObject")],
  ["no JSON", "trust me"],
])("refuses a trust policy with %s", async (_, AssumeRolePolicyDocument) => {
  await using iam = new TestIam();
  const create = iam.run("CreateRole", { RoleName: "app", AssumeRolePolicyDocument });
  expect(await refusal(create)).toMatch(/^MalformedPolicyDocumentException: ./);
});

it("refuses a name that is taken, and a trust policy of more than 2048 characters", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const create = (RoleName: string, AssumeRolePolicyDocument: string): Promise<string> =>
    refusal(iam.run("CreateRole", { RoleName, AssumeRolePolicyDocument }));
  expect(await create("APP", trust)).toBe("EntityAlreadyExistsException: Role with name APP already exists.");
  const long = trust.replace('"Effect"', `"Sid":"${"x".repeat(2_048)}","Effect"`);
  expect(await create("long", long)).toBe(
    "LimitExceededException: Cannot exceed quota for ACLSizePerRole: 2048",
  );
});
