import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("deletes a user that has nothing any more", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("DeleteUser", { UserName: "jo" });
  iam.restart();
  expect((await iam.run("ListUsers", {})).Users).toEqual([]);
  expect(await refusal(iam.run("DeleteUser", { UserName: "jo" }))).toMatch(/^NoSuchEntity/);
});

it("says what has to be removed first", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.group("staff");
  const remove = (): Promise<string> => refusal(iam.run("DeleteUser", { UserName: "jo" }));
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow });
  expect(await remove()).toBe("DeleteConflictException: Cannot delete entity, must delete policies first.");
  await iam.run("DeleteUserPolicy", { UserName: "jo", PolicyName: "p" });
  const PolicyArn = await iam.policy("managed");
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn });
  expect(await remove()).toBe(
    "DeleteConflictException: Cannot delete entity, must detach all policies first.",
  );
  await iam.run("DetachUserPolicy", { UserName: "jo", PolicyArn });
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  expect(await remove()).toBe(
    "DeleteConflictException: Cannot delete entity, must delete access keys first.",
  );
  await iam.run("DeleteAccessKey", { UserName: "jo", AccessKeyId: AccessKey?.AccessKeyId });
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  expect(await remove()).toBe(
    "DeleteConflictException: Cannot delete entity, must remove users from group first.",
  );
});
