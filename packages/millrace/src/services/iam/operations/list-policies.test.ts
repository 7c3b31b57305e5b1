import { expect, it } from "vitest";
import { account, TestIam } from "../test-iam.ts";

it("lists by scope, path and use", async () => {
  await using iam = new TestIam();
  const attached = await iam.policy("b");
  await iam.policy("a");
  const boundary = await iam.policy("limit");
  await iam.run("CreateUser", { UserName: "jo", PermissionsBoundary: boundary });
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: attached });
  const aws = "arn:aws:iam::aws:policy/IAMFullAccess";
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: aws });
  const names = async (input: object): Promise<unknown> =>
    (await iam.run("ListPolicies", { MaxItems: 1_000, ...input })).Policies?.map(
      ({ PolicyName }) => PolicyName,
    );
  expect(await names({ Scope: "Local" })).toEqual(["a", "b", "limit"]);
  expect(await names({ OnlyAttached: true })).toEqual(["b", "IAMFullAccess"]);
  expect(await names({ PolicyUsageFilter: "PermissionsBoundary" })).toEqual(["limit"]);
  expect(await names({ Scope: "AWS", PathPrefix: "/service-role/" })).toContain("AWSGlueServiceRole");
  expect(await names({ Scope: "AWS" })).not.toContain("a");
});

it("pages through all policies without losing one", async () => {
  await using iam = new TestIam();
  await iam.policy("IAMFullAccess");
  const seen: (string | undefined)[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.run("ListPolicies", { MaxItems: 30, Marker });
    seen.push(...(page.Policies ?? []).map(({ Arn }) => Arn));
    Marker = page.Marker;
  } while (Marker !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await iam.run("ListPolicies", { MaxItems: 1_000 })).Policies?.length ?? 0);
  expect(seen[0]).toBe(`arn:aws:iam::${account}:policy/IAMFullAccess`);
});
