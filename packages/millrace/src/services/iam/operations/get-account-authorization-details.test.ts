import { expect, it } from "vitest";
import { allow, TestIam } from "../test-iam.ts";

it("tells all of users, groups, roles and policies", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.group("staff");
  await iam.role("app");
  await iam.profile("box");
  const PolicyArn = await iam.policy("p");
  const aws = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "inline", PolicyDocument: allow });
  await iam.run("AttachGroupPolicy", { GroupName: "staff", PolicyArn });
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn: aws });
  await iam.run("AddRoleToInstanceProfile", { InstanceProfileName: "box", RoleName: "app" });
  expect(await iam.run("GetAccountAuthorizationDetails", {})).toMatchObject({
    UserDetailList: [{ UserName: "jo", GroupList: ["staff"], UserPolicyList: [{ PolicyName: "inline" }] }],
    GroupDetailList: [{ GroupName: "staff", AttachedManagedPolicies: [{ PolicyName: "p", PolicyArn }] }],
    RoleDetailList: [
      {
        RoleName: "app",
        InstanceProfileList: [{ InstanceProfileName: "box" }],
        AttachedManagedPolicies: [{ PolicyArn: aws }],
      },
    ],
    Policies: [
      { PolicyName: "p", AttachmentCount: 1, PolicyVersionList: [{ VersionId: "v1" }] },
      { PolicyName: "IAMReadOnlyAccess" },
    ],
    IsTruncated: false,
  });
});

it("filters by kind, and pages across kinds", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.role("app");
  await iam.policy("p");
  expect(await iam.run("GetAccountAuthorizationDetails", { Filter: ["Role"] })).toMatchObject({
    UserDetailList: [],
    RoleDetailList: [{ RoleName: "app" }],
    Policies: [],
  });
  const first = await iam.run("GetAccountAuthorizationDetails", { MaxItems: 2 });
  expect(first).toMatchObject({
    UserDetailList: [{}],
    RoleDetailList: [{}],
    Policies: [],
    IsTruncated: true,
  });
  const { Marker } = first;
  expect(await iam.run("GetAccountAuthorizationDetails", { Marker })).toMatchObject({
    UserDetailList: [],
    RoleDetailList: [],
    Policies: [{ PolicyName: "p" }],
  });
});
