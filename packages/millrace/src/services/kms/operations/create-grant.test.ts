import { describe, expect, it } from "vitest";
import { evaluate } from "../../../core/policy/evaluate.ts";
import { parsePolicy } from "../../../core/policy/policy-document.ts";
import { keyPolicies } from "../key-policies.ts";
import { codeOf, TestKms } from "../test-kms.ts";

const ann = "arn:aws:iam::000000000000:user/ann";
const bob = "arn:aws:iam::000000000000:user/bob";

/** Whether the key's policies alone let a user of the account do something. */
function mayUse(kms: TestKms, keyArn: string, user: string, action: string, context: object = {}): boolean {
  return (
    evaluate({
      principal: { arn: user, account: "000000000000", kind: "user" },
      action,
      resource: keyArn,
      context: { ...context },
      identityPolicies: [],
      resourcePolicies: keyPolicies(kms.state, keyArn).map((text) => parsePolicy(text, "resource")),
      boundaries: [],
      sessionPolicies: undefined,
      sameAccount: true,
    }).decision === "allow"
  );
}

describe("CreateGrant", () => {
  it("lets the grantee do what it names, and nobody else, until it is revoked", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const { KeyId, Arn } = await kms.key();
    const Operations = ["Decrypt", "DescribeKey", "ReEncryptFrom"] as const;
    const grant = await kms.run("CreateGrant", { KeyId, GranteePrincipal: ann, Operations: [...Operations] });
    expect(grant.GrantId).toMatch(/^[0-9a-f]{64}$/);
    await kms.restart();
    expect(mayUse(kms, Arn, ann, "kms:Decrypt")).toBe(true);
    expect(mayUse(kms, Arn, ann, "kms:Encrypt")).toBe(false);
    expect(mayUse(kms, Arn, bob, "kms:Decrypt")).toBe(false);
    const GrantTokens = [grant.GrantToken ?? ""];
    await kms.run("Encrypt", { KeyId, Plaintext: Buffer.from("x"), GrantTokens });
    await kms.run("RevokeGrant", { KeyId, GrantId: grant.GrantId });
    expect(mayUse(kms, Arn, ann, "kms:Decrypt")).toBe(false);
  });

  it("constrains the encryption context", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key();
    const pair = { "kms:EncryptionContext:team": "blue" };
    const just = { ...pair, "kms:EncryptionContextKeys": ["team"] };
    const more = { ...pair, "kms:EncryptionContextKeys": ["team", "more"] };
    await kms.run("CreateGrant", {
      KeyId,
      GranteePrincipal: ann,
      Operations: ["Decrypt", "DescribeKey"],
      Constraints: { EncryptionContextEquals: { team: "blue" } },
    });
    await kms.run("CreateGrant", {
      KeyId,
      GranteePrincipal: bob,
      Operations: ["Decrypt"],
      Constraints: { EncryptionContextSubset: { team: "blue" } },
    });
    expect(mayUse(kms, Arn, ann, "kms:Decrypt", just)).toBe(true);
    expect(mayUse(kms, Arn, ann, "kms:Decrypt", more)).toBe(false);
    expect(mayUse(kms, Arn, ann, "kms:Decrypt")).toBe(false);
    expect(mayUse(kms, Arn, ann, "kms:DescribeKey")).toBe(true);
    expect(mayUse(kms, Arn, bob, "kms:Decrypt", more)).toBe(true);
    expect(mayUse(kms, Arn, bob, "kms:Decrypt", { "kms:EncryptionContext:team": "red" })).toBe(false);
  });

  it("makes one grant of a request that is repeated under a name", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    const input = { KeyId, GranteePrincipal: ann, Operations: ["Decrypt" as const], Name: "mine" };
    const [one, two] = await Promise.all([kms.run("CreateGrant", input), kms.run("CreateGrant", input)]);
    expect(two.GrantId).toBe(one.GrantId);
    const other = await kms.run("CreateGrant", { ...input, GranteePrincipal: bob });
    expect(other.GrantId).not.toBe(one.GrantId);
    const { Name: _, ...unnamed } = input;
    await kms.run("CreateGrant", unnamed);
    await kms.run("CreateGrant", unnamed);
    expect((await kms.run("ListGrants", { KeyId })).Grants?.length).toBe(4);
  });

  it("refuses principals, operations and constraints that do not fit", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    const grant = (change: object): Promise<string> =>
      codeOf(kms.run("CreateGrant", { KeyId, GranteePrincipal: ann, Operations: ["Decrypt"], ...change }));
    expect(await grant({ GranteePrincipal: undefined })).toBe("ValidationException");
    expect(await grant({ GranteePrincipal: "ann" })).toBe("InvalidArnException");
    expect(await grant({ GranteeServicePrincipal: "s3.amazonaws.com" })).toBe("ValidationException");
    expect(await grant({ RetiringPrincipal: ann, RetiringServicePrincipal: "s3.amazonaws.com" })).toBe(
      "ValidationException",
    );
    expect(await grant({ Operations: ["Sign"] })).toBe("ValidationException");
    expect(await grant({ DryRun: true })).toBe("DryRunOperationException");
    expect(await grant({ GrantTokens: ["x"] })).toBe("InvalidGrantTokenException");
    expect(await grant({ KeyId: "alias/x" })).toBe("NotFoundException");
    const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const onMac = { KeyId: mac.KeyId, Operations: ["GenerateMac"] };
    expect(await grant({ ...onMac, Constraints: { EncryptionContextSubset: { a: "1" } } })).toBe(
      "ValidationException",
    );
    await kms.run("DisableKey", { KeyId });
    expect(await grant({})).toBe("DisabledException");
    expect((await kms.run("ListGrants", { KeyId })).Grants).toEqual([]);
  });
});
