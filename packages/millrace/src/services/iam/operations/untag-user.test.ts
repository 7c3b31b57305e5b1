import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("takes tags away and does not mind those that are not there", async () => {
  await using iam = new TestIam();
  await iam.run("CreateUser", {
    UserName: "jo",
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await iam.run("UntagUser", { UserName: "jo", TagKeys: ["A", "c"] });
  expect((await iam.run("ListUserTags", { UserName: "jo" })).Tags).toEqual([{ Key: "b", Value: "2" }]);
  expect(await refusal(iam.run("UntagUser", { UserName: "no", TagKeys: [] }))).toMatch(/^NoSuchEntity/);
});
