import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists the groups of a user", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  for (const GroupName of ["b", "a", "c"]) {
    await iam.group(GroupName);
    if (GroupName !== "c") await iam.run("AddUserToGroup", { GroupName, UserName: "jo" });
  }
  const { Groups } = await iam.run("ListGroupsForUser", { UserName: "jo" });
  expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["a", "b"]);
  expect(await refusal(iam.run("ListGroupsForUser", { UserName: "no" }))).toMatch(/^NoSuchEntity/);
});
