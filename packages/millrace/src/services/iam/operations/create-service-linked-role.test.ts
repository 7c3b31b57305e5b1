import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("makes the role of a service, once a suffix", async () => {
  await using iam = new TestIam();
  const create = (CustomSuffix?: string): Promise<{ Role?: unknown }> =>
    iam.run("CreateServiceLinkedRole", { AWSServiceName: "elasticmapreduce.amazonaws.com", CustomSuffix });
  const { Role } = await create();
  expect(Role).toMatchObject({
    Path: "/aws-service-role/elasticmapreduce.amazonaws.com/",
    RoleName: "AWSServiceRoleForEMRCleanup",
    Arn: `arn:aws:iam::${account}:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup`,
  });
  expect(await refusal(create())).toBe(
    "InvalidInputException: Service role name AWSServiceRoleForEMRCleanup has been taken in this account, please " +
      "try a different suffix.",
  );
  expect((await create("two")).Role).toMatchObject({ RoleName: "AWSServiceRoleForEMRCleanup_two" });
});

it("refuses what is no service", async () => {
  await using iam = new TestIam();
  for (const AWSServiceName of ["kafka", "x.example.com", "constructor"])
    expect(await refusal(iam.run("CreateServiceLinkedRole", { AWSServiceName }))).toMatch(/^InvalidInput/);
});
