import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("tags a role", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("TagRole", { RoleName: "app", Tags: [{ Key: "a", Value: "b" }] });
  expect((await iam.run("GetRole", { RoleName: "app" })).Role?.Tags).toEqual([{ Key: "a", Value: "b" }]);
  expect(await refusal(iam.run("TagRole", { RoleName: "no", Tags: [] }))).toMatch(/^NoSuchEntity/);
});
