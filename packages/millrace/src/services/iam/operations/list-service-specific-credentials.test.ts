import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists none, for a user that exists", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await iam.run("ListServiceSpecificCredentials", { UserName: "jo" })).toEqual({
    ServiceSpecificCredentials: [],
  });
  expect(await refusal(iam.run("ListServiceSpecificCredentials", { UserName: "no" }))).toMatch(
    /^NoSuchEntity/,
  );
});
