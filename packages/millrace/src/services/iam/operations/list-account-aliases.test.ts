import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists the alias of the account that calls", async () => {
  await using iam = new TestIam();
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  expect(await iam.run("ListAccountAliases", {})).toEqual({ AccountAliases: ["acme"], IsTruncated: false });
  expect((await iam.run("ListAccountAliases", {}, { account: "111111111111" })).AccountAliases).toEqual([]);
});
