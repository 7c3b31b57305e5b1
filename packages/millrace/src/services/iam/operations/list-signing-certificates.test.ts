import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists none, for a user that exists", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect((await iam.run("ListSigningCertificates", { UserName: "jo" })).Certificates).toEqual([]);
  expect(await refusal(iam.run("ListSigningCertificates", { UserName: "no" }))).toMatch(/^NoSuchEntity/);
});
