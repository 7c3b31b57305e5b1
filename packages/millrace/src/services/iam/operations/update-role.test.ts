import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("sets description and session duration; what is not given goes back to its default", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("UpdateRole", { RoleName: "app", Description: "d", MaxSessionDuration: 7_200 });
  const role = async (): Promise<unknown> => (await iam.run("GetRole", { RoleName: "app" })).Role;
  expect(await role()).toMatchObject({ Description: "d", MaxSessionDuration: 7_200 });
  await iam.run("UpdateRole", { RoleName: "app" });
  expect(await role()).toMatchObject({ MaxSessionDuration: 3_600 });
  expect(await role()).not.toHaveProperty("Description");
});
