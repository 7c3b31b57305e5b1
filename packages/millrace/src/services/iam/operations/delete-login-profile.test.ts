import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("says that the user has none", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await refusal(iam.run("DeleteLoginProfile", { UserName: "jo" }))).toBe(
    "NoSuchEntityException: Login Profile for User jo cannot be found.",
  );
});
