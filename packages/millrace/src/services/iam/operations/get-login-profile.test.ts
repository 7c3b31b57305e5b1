import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("says that the user has none, or that there is no such user", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const expected = "NoSuchEntityException: Login Profile for User jo cannot be found.";
  expect(await refusal(iam.run("GetLoginProfile", { UserName: "jo" }))).toBe(expected);
  expect(await refusal(iam.run("GetLoginProfile", {}, iam.as("jo")))).toBe(expected);
  expect(await refusal(iam.run("GetLoginProfile", { UserName: "no" }))).toMatch(/user with name no/);
  expect(await refusal(iam.run("GetLoginProfile", {}))).toMatch(/^ValidationError/);
});
