import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

const none = "NoSuchEntityException: Login Profile for User jo cannot be found.";

it("takes the password away, which has to be done before the user goes", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("CreateLoginProfile", { UserName: "jo", Password: "Correct-horse-1" });
  expect(await refusal(iam.run("DeleteUser", { UserName: "jo" }))).toBe(
    "DeleteConflictException: Cannot delete entity, must delete login profile first.",
  );
  await iam.run("DeleteLoginProfile", { UserName: "jo" });
  iam.restart();
  expect(await refusal(iam.run("GetLoginProfile", { UserName: "jo" }))).toBe(none);
  await iam.run("DeleteUser", { UserName: "jo" });
});

it("says that the user has none", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await refusal(iam.run("DeleteLoginProfile", { UserName: "jo" }))).toBe(none);
});
