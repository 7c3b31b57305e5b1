import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("numbers versions on and makes one the default when asked to", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  const create = async (SetAsDefault: boolean): Promise<unknown> =>
    (await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow, SetAsDefault })).PolicyVersion;
  expect(await create(false)).toMatchObject({ VersionId: "v2", IsDefaultVersion: false });
  await iam.run("DeletePolicyVersion", { PolicyArn, VersionId: "v2" });
  expect(await create(true)).toMatchObject({ VersionId: "v3", IsDefaultVersion: true });
  expect((await iam.run("GetPolicy", { PolicyArn })).Policy?.DefaultVersionId).toBe("v3");
});

it("keeps five versions at most, also when they come at once", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  const attempts = await Promise.allSettled(
    Array.from({ length: 6 }, () => iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow })),
  );
  expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  expect(await refusal(iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow }))).toMatch(
    /^LimitExceededException: A managed policy can have up to 5 versions/,
  );
});
