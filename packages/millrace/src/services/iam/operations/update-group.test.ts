import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("renames a group, whose members stay", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  await iam.group("other");
  await iam.user("jo");
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("UpdateGroup", { GroupName: "staff", NewGroupName: "crew", NewPath: "/x/" });
  expect((await iam.run("ListGroupsForUser", { UserName: "jo" })).Groups).toMatchObject([
    { GroupName: "crew", Arn: `arn:aws:iam::${account}:group/x/crew` },
  ]);
  expect(await refusal(iam.run("UpdateGroup", { GroupName: "crew", NewGroupName: "Other" }))).toMatch(
    /^EntityAlreadyExists/,
  );
});
