import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("describes the group with its members, page by page", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  for (const UserName of ["b", "a", "c"]) {
    await iam.user(UserName);
    if (UserName !== "c") await iam.run("AddUserToGroup", { GroupName: "staff", UserName });
  }
  const first = await iam.run("GetGroup", { GroupName: "staff", MaxItems: 1 });
  expect(first).toMatchObject({
    Group: { GroupName: "staff" },
    Users: [{ UserName: "a" }],
    IsTruncated: true,
  });
  const { Marker } = first;
  expect(await iam.run("GetGroup", { GroupName: "staff", Marker })).toMatchObject({
    Users: [{ UserName: "b" }],
    IsTruncated: false,
  });
  expect(await refusal(iam.run("GetGroup", { GroupName: "no" }))).toMatch(/^NoSuchEntity/);
});
