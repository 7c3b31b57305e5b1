import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists who has a policy, by kind, path and use", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  await iam.group("g");
  await iam.run("AttachGroupPolicy", { GroupName: "g", PolicyArn });
  await iam.run("CreateUser", { UserName: "u", PermissionsBoundary: PolicyArn });
  await iam.role("r");
  await iam.run("AttachRolePolicy", { RoleName: "r", PolicyArn });
  const list = async (input: object): Promise<unknown> => {
    const { PolicyGroups, PolicyUsers, PolicyRoles } = await iam.run("ListEntitiesForPolicy", {
      PolicyArn,
      ...input,
    });
    return [
      PolicyGroups?.map(({ GroupName }) => GroupName),
      PolicyUsers?.map(({ UserName }) => UserName),
      PolicyRoles?.map(({ RoleName }) => RoleName),
    ];
  };
  expect(await list({})).toEqual([["g"], ["u"], ["r"]]);
  expect(await list({ EntityFilter: "Role" })).toEqual([[], [], ["r"]]);
  expect(await list({ PolicyUsageFilter: "PermissionsBoundary" })).toEqual([[], ["u"], []]);
  expect(await list({ PathPrefix: "/x/" })).toEqual([[], [], []]);
});
