import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists users by name, below a path, page by page", async () => {
  await using iam = new TestIam();
  for (const name of ["b", "C", "a", "d"])
    await iam.run("CreateUser", { UserName: name, Path: name === "d" ? "/x/y/" : "/x/" });
  await iam.user("elsewhere");
  const first = await iam.run("ListUsers", { PathPrefix: "/x/", MaxItems: 3 });
  expect(first.Users?.map(({ UserName }) => UserName)).toEqual(["a", "b", "C"]);
  expect(first.IsTruncated).toBe(true);
  const { Marker } = first;
  const second = await iam.run("ListUsers", {
    PathPrefix: "/x/",
    ...(Marker === undefined ? {} : { Marker }),
  });
  expect(second.Users?.map(({ UserName }) => UserName)).toEqual(["d"]);
  expect(second).toMatchObject({ IsTruncated: false });
});

it("refuses a marker that is made up, or of another list", async () => {
  await using iam = new TestIam();
  for (const name of ["a", "b"]) await iam.user(name);
  const { Marker } = await iam.run("ListUsers", { MaxItems: 1 });
  expect(await refusal(iam.run("ListUsers", { Marker: "x" }))).toBe("ValidationError: Invalid Marker.");
  expect(await refusal(iam.run("ListGroups", { Marker }))).toBe("ValidationError: Invalid Marker.");
  expect(await refusal(iam.run("ListUsers", { Marker, PathPrefix: "/x/" }))).toBe(
    "ValidationError: Invalid Marker.",
  );
});
