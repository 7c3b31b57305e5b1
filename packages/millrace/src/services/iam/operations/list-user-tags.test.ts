import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists tags by key, page by page", async () => {
  await using iam = new TestIam();
  await iam.run("CreateUser", {
    UserName: "jo",
    Tags: [
      { Key: "b", Value: "2" },
      { Key: "a", Value: "1" },
    ],
  });
  const first = await iam.run("ListUserTags", { UserName: "jo", MaxItems: 1 });
  expect(first).toMatchObject({ Tags: [{ Key: "a", Value: "1" }], IsTruncated: true });
  const { Marker } = first;
  expect((await iam.run("ListUserTags", { UserName: "jo", Marker })).Tags).toEqual([
    { Key: "b", Value: "2" },
  ]);
  expect(await refusal(iam.run("ListUserTags", { UserName: "no" }))).toMatch(/^NoSuchEntity/);
});
