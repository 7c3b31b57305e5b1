import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("gives the account one alias, which no other may have", async () => {
  await using iam = new TestIam();
  await iam.run("CreateAccountAlias", { AccountAlias: "acme" });
  await iam.run("CreateAccountAlias", { AccountAlias: "acme-2" });
  expect((await iam.run("ListAccountAliases", {})).AccountAliases).toEqual(["acme-2"]);
  const other = iam.run("CreateAccountAlias", { AccountAlias: "acme-2" }, { account: "111111111111" });
  expect(await refusal(other)).toBe("EntityAlreadyExistsException: The account alias acme-2 already exists.");
  expect(await refusal(iam.run("CreateAccountAlias", { AccountAlias: "123456789012" }))).toMatch(
    /^Validation/,
  );
});
