import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("RevokeGrant ends a grant, once", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId } = await kms.key();
  const GranteePrincipal = "arn:aws:iam::000000000000:user/ann";
  const { GrantId } = await kms.run("CreateGrant", { KeyId, GranteePrincipal, Operations: ["Decrypt"] });
  expect(await codeOf(kms.run("RevokeGrant", { KeyId, GrantId, DryRun: true }))).toBe(
    "DryRunOperationException",
  );
  const other = await kms.key();
  expect(await codeOf(kms.run("RevokeGrant", { KeyId: other.KeyId, GrantId }))).toBe("NotFoundException");
  await kms.run("RevokeGrant", { KeyId, GrantId });
  await kms.restart();
  expect((await kms.run("ListGrants", { KeyId })).Grants).toEqual([]);
  expect(await codeOf(kms.run("RevokeGrant", { KeyId, GrantId }))).toBe("NotFoundException");
});
