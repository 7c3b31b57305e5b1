import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("renames and moves a user; groups, keys and policies stay", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.group("staff");
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("CreateAccessKey", { UserName: "jo" });
  await iam.run("UpdateUser", { UserName: "jo", NewUserName: "joan", NewPath: "/x/" });
  expect((await iam.run("GetUser", { UserName: "joan" })).User?.Arn).toBe(
    `arn:aws:iam::${account}:user/x/joan`,
  );
  expect((await iam.run("GetGroup", { GroupName: "staff" })).Users?.[0]?.UserName).toBe("joan");
  expect((await iam.run("ListAccessKeys", { UserName: "joan" })).AccessKeyMetadata).toHaveLength(1);
  expect(await refusal(iam.run("GetUser", { UserName: "jo" }))).toMatch(/^NoSuchEntity/);
});

it("changes the case of a name, and refuses one that is taken", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.user("bo");
  await iam.run("UpdateUser", { UserName: "jo", NewUserName: "JO" });
  expect((await iam.run("GetUser", { UserName: "jo" })).User?.UserName).toBe("JO");
  expect(await refusal(iam.run("UpdateUser", { UserName: "jo", NewUserName: "BO" }))).toBe(
    "EntityAlreadyExistsException: User with name BO already exists.",
  );
});
