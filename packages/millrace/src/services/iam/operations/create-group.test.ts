import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("makes a group, once", async () => {
  await using iam = new TestIam();
  const { Group } = await iam.run("CreateGroup", { GroupName: "Staff", Path: "/x/" });
  expect(Group).toEqual({
    Path: "/x/",
    GroupName: "Staff",
    GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${account}:group/x/Staff`,
    CreateDate: new Date(iam.clock.now()),
  });
  expect(await refusal(iam.run("CreateGroup", { GroupName: "staff" }))).toBe(
    "EntityAlreadyExistsException: Group with name staff already exists.",
  );
});
