import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("makes a profile, once", async () => {
  await using iam = new TestIam();
  const { InstanceProfile } = await iam.run("CreateInstanceProfile", {
    InstanceProfileName: "Box",
    Path: "/x/",
  });
  expect(InstanceProfile).toEqual({
    Path: "/x/",
    InstanceProfileName: "Box",
    InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${account}:instance-profile/x/Box`,
    CreateDate: new Date(iam.clock.now()),
    Roles: [],
  });
  expect(await refusal(iam.run("CreateInstanceProfile", { InstanceProfileName: "box" }))).toBe(
    "EntityAlreadyExistsException: Instance Profile box already exists.",
  );
});
