import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("removes a member", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.group("staff");
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("RemoveUserFromGroup", { GroupName: "staff", UserName: "jo" });
  expect((await iam.run("GetGroup", { GroupName: "staff" })).Users).toEqual([]);
  const again = iam.run("RemoveUserFromGroup", { GroupName: "staff", UserName: "jo" });
  expect(await refusal(again)).toMatch(/^NoSuchEntity/);
});
