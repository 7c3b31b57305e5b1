import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists groups by name, below a path", async () => {
  await using iam = new TestIam();
  for (const GroupName of ["b", "a"]) await iam.group(GroupName);
  await iam.run("CreateGroup", { GroupName: "c", Path: "/x/" });
  const names = async (PathPrefix?: string): Promise<unknown> =>
    (await iam.run("ListGroups", { PathPrefix })).Groups?.map(({ GroupName }) => GroupName);
  expect(await names()).toEqual(["a", "b", "c"]);
  expect(await names("/x")).toEqual(["c"]);
});
