import { expect, it } from "vitest";
import { retiredGrantKey } from "../grant-policy.ts";
import { keyPolicies } from "../key-policies.ts";
import { codeOf, TestKms } from "../test-kms.ts";

it("RetireGrant takes the token, or the key and the grant's id", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key();
  const RetiringPrincipal = "arn:aws:iam::000000000000:user/eve";
  const make = (): ReturnType<typeof kms.run<"CreateGrant">> =>
    kms.run("CreateGrant", {
      KeyId,
      GranteePrincipal: "arn:aws:iam::000000000000:user/ann",
      RetiringPrincipal,
      Operations: ["Decrypt"],
    });
  const one = await make();
  const GrantToken = one.GrantToken ?? "";
  expect(kms.permissions("RetireGrant", { GrantToken })).toMatchObject([
    { action: "kms:RetireGrant", resources: [Arn], context: { [retiredGrantKey]: one.GrantId } },
  ]);
  expect(keyPolicies(kms.state, Arn)[1]).toContain(RetiringPrincipal);
  expect(await codeOf(kms.run("RetireGrant", { GrantToken, DryRun: true }))).toBe("DryRunOperationException");
  await kms.run("RetireGrant", { GrantToken });
  expect(await codeOf(kms.run("RetireGrant", { GrantToken }))).toBe("NotFoundException");
  const two = await make();
  await kms.run("RetireGrant", { KeyId: Arn, GrantId: two.GrantId });
  expect((await kms.run("ListGrants", { KeyId })).Grants).toEqual([]);
  expect(await codeOf(kms.run("RetireGrant", {}))).toBe("ValidationException");
  expect(await codeOf(kms.run("RetireGrant", { GrantToken, KeyId }))).toBe("ValidationException");
  expect(await codeOf(kms.run("RetireGrant", { GrantToken: `x${GrantToken}` }))).toBe(
    "InvalidGrantTokenException",
  );
});
