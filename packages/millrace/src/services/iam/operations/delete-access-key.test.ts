import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("deletes a key of the user", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.user("bo");
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  const AccessKeyId = AccessKey?.AccessKeyId;
  expect(await refusal(iam.run("DeleteAccessKey", { UserName: "bo", AccessKeyId }))).toBe(
    `NoSuchEntityException: The Access Key with id ${AccessKeyId} cannot be found.`,
  );
  await iam.run("DeleteAccessKey", { UserName: "jo", AccessKeyId });
  expect((await iam.run("ListAccessKeys", { UserName: "jo" })).AccessKeyMetadata).toEqual([]);
});
