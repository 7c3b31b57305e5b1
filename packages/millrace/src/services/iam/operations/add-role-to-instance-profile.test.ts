import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("takes one role", async () => {
  await using iam = new TestIam();
  await iam.profile("box");
  for (const name of ["app", "other"]) await iam.role(name);
  const add = (RoleName: string): Promise<unknown> =>
    iam.run("AddRoleToInstanceProfile", { InstanceProfileName: "box", RoleName });
  await add("app");
  expect(await refusal(add("other"))).toBe(
    "LimitExceededException: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
  );
});

it("needs the permission to pass the role to EC2", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  expect(
    iam.permissions("AddRoleToInstanceProfile", { InstanceProfileName: "box", RoleName: "app" }),
  ).toEqual([
    { action: "iam:AddRoleToInstanceProfile", resources: [`arn:aws:iam::${account}:instance-profile/box`] },
    {
      action: "iam:PassRole",
      resources: [`arn:aws:iam::${account}:role/app`],
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    },
  ]);
});
