import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists none, for a user that exists", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect((await iam.run("ListSSHPublicKeys", { UserName: "jo" })).SSHPublicKeys).toEqual([]);
  expect(await refusal(iam.run("ListSSHPublicKeys", { UserName: "no" }))).toMatch(/^NoSuchEntity/);
});
