import { expect, it } from "vitest";
import { allow, TestIam } from "../test-iam.ts";

it("lists the newest first", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  for (let i = 0; i < 2; i++) await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow });
  const first = await iam.run("ListPolicyVersions", { PolicyArn, MaxItems: 2 });
  expect(first.Versions?.map(({ VersionId }) => VersionId)).toEqual(["v3", "v2"]);
  const { Marker } = first;
  expect((await iam.run("ListPolicyVersions", { PolicyArn, Marker })).Versions).toMatchObject([
    { VersionId: "v1", IsDefaultVersion: true },
  ]);
});
