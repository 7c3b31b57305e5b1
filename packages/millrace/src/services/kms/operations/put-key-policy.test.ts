import { expect, it } from "vitest";
import { keyPolicies } from "../key-policies.ts";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

const policy = (Principal: object, Action: string, more: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, Resource: "*", ...more }],
  });

it("PutKeyPolicy replaces the policy that the policy engine sees", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId, Arn } = await kms.key();
  const Policy = policy({ AWS: "*" }, "kms:*");
  await kms.run("PutKeyPolicy", { KeyId, Policy });
  await kms.restart();
  expect((await kms.run("GetKeyPolicy", { KeyId })).Policy).toBe(Policy);
  expect(keyPolicies(kms.state, Arn)).toEqual([Policy]);
  expect(keyPolicies(kms.state, Arn.replace("us-east-1", "eu-west-1"))).toEqual([]);
  expect(keyPolicies(kms.state, "arn:aws:s3:::bucket")).toEqual([]);
});

it("PutKeyPolicy refuses policies that lock the caller out, unless told not to mind", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  const principal = {
    arn: "arn:aws:iam::000000000000:user/ann",
    account: "000000000000",
    accessKeyId: "AKIA",
    kind: "user",
  } as const;
  const put = (Policy: string, more: object = {}): Promise<unknown> =>
    kms.run("PutKeyPolicy", { KeyId, Policy, ...more }, { principal });
  const root = { AWS: "arn:aws:iam::000000000000:root" };
  const locking = [
    policy({ AWS: "arn:aws:iam::000000000000:user/bob" }, "kms:*"),
    policy(root, "kms:Encrypt"),
    policy(root, "kms:*", { Condition: { StringEquals: { "kms:CallerAccount": "111111111111" } } }),
  ];
  for (const Policy of locking)
    expect(await refusalOf(put(Policy))).toBe(
      "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
    );
  await put(policy(root, "kms:*"));
  await put(policy({ AWS: principal.arn }, "kms:Put*"));
  await put(locking[0] ?? "", { BypassPolicyLockoutSafetyCheck: true });
  expect(await codeOf(put("no policy"))).toBe("MalformedPolicyDocumentException");
  expect(await codeOf(put(policy(root, "kms:*"), { PolicyName: "other" }))).toBe("ValidationException");
  expect(await codeOf(put("x".repeat(33_000)))).toBe("LimitExceededException");
});
