import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("UpdateAlias points to another key of the same kind", async () => {
  await using kms = await TestKms.start();
  const [one, two] = [await kms.key(), await kms.key()];
  const AliasName = "alias/mine";
  await kms.run("CreateAlias", { AliasName, TargetKeyId: one.KeyId });
  kms.clock.advance(1000);
  const input = { AliasName, TargetKeyId: two.KeyId };
  expect(kms.permissions("UpdateAlias", input).flatMap(({ resources }) => resources)).toEqual([
    "arn:aws:kms:us-east-1:000000000000:alias/mine",
    one.Arn,
    two.Arn,
  ]);
  await kms.run("UpdateAlias", input);
  expect((await kms.describe(AliasName)).KeyId).toBe(two.KeyId);
  const [alias] = (await kms.run("ListAliases", {})).Aliases ?? [];
  expect(alias?.LastUpdatedDate).toEqual(new Date(kms.clock.now()));
  expect(alias?.CreationDate).toEqual(new Date(kms.clock.now() - 1000));
  const signing = await kms.key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  expect(await codeOf(kms.run("UpdateAlias", { AliasName, TargetKeyId: signing.KeyId }))).toBe(
    "ValidationException",
  );
  expect(await codeOf(kms.run("UpdateAlias", { ...input, AliasName: "alias/none" }))).toBe(
    "NotFoundException",
  );
});
