import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("takes tags away", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("TagRole", { RoleName: "app", Tags: [{ Key: "a", Value: "b" }] });
  await iam.run("UntagRole", { RoleName: "app", TagKeys: ["a"] });
  expect((await iam.run("GetRole", { RoleName: "app" })).Role).not.toHaveProperty("Tags");
});
