import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("deletes a group without members and policies", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  await iam.user("jo");
  const remove = (): Promise<unknown> => iam.run("DeleteGroup", { GroupName: "staff" });
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  expect(await refusal(remove())).toMatch(/^DeleteConflict.*remove users/);
  await iam.run("RemoveUserFromGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName: "p", PolicyDocument: allow });
  expect(await refusal(remove())).toMatch(/^DeleteConflict.*delete policies/);
  await iam.run("DeleteGroupPolicy", { GroupName: "staff", PolicyName: "p" });
  await remove();
  expect(await refusal(remove())).toMatch(/^NoSuchEntity/);
});
