import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("describes a role, or says that there is none", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  expect((await iam.run("GetRole", { RoleName: "app" })).Role).toMatchObject({
    RoleName: "app",
    MaxSessionDuration: 3_600,
  });
  expect(await refusal(iam.run("GetRole", { RoleName: "no" }))).toBe(
    "NoSuchEntityException: The role with name no cannot be found.",
  );
});
