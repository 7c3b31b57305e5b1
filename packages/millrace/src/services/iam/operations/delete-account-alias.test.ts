import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("takes the alias away", async () => {
  await using iam = new TestIam();
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  expect(await refusal(iam.run("DeleteAccountAlias", { AccountAlias: "other" }))).toMatch(/^NoSuchEntity/);
  await iam.run("DeleteAccountAlias", { AccountAlias: "acme" });
  iam.restart();
  expect((await iam.run("ListAccountAliases", {})).AccountAliases).toEqual([]);
});
