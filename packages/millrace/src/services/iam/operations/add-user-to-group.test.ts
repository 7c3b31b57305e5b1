import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("adds a user, once, to ten groups at most", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  for (let i = 0; i < 11; i++) await iam.group(`g${i}`);
  const add = (i: number): Promise<unknown> =>
    iam.run("AddUserToGroup", { GroupName: `g${i}`, UserName: "jo" });
  for (let i = 0; i < 10; i++) await add(i);
  await add(0);
  expect((await iam.run("ListGroupsForUser", { UserName: "jo" })).Groups).toHaveLength(10);
  expect(await refusal(add(10))).toBe("LimitExceededException: Cannot exceed quota for GroupsPerUser: 10");
  expect(await refusal(add(99))).toBe("NoSuchEntityException: The group with name g99 cannot be found.");
});
