import { partitionOf } from "../../core/arn.ts";
import { messageOf } from "../../core/errors.ts";
import { evaluate } from "../../core/policy/evaluate.ts";
import { type PolicyDocument, parsePolicy } from "../../core/policy/policy-document.ts";
import type { Call } from "../../gateway/call.ts";
import { limitExceeded, malformedPolicy } from "./errors.ts";
import type { Owner } from "./key-arn.ts";
import { limits } from "./limits.ts";

/** AWS's default for keys that are made by the API: the account's own policies decide. */
export function defaultPolicy({ account, region }: Owner): string {
  return policyText("key-default-1", [
    {
      Sid: "Enable IAM User Permissions",
      Effect: "Allow",
      Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
}

/** The policy of an AWS managed key: the account may use it through its service, and look at it. */
export function managedPolicy({ account, region }: Owner, service: string): string {
  return policyText(`auto-${service}-1`, [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
        "kms:CreateGrant",
        "kms:DescribeKey",
      ],
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": account,
          "kms:ViaService": `${service}.${region}.amazonaws.com`,
        },
      },
    },
    {
      Sid: "Allow direct access to key metadata to the account",
      Effect: "Allow",
      Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
      Action: ["kms:Describe*", "kms:Get*", "kms:List*"],
      Resource: "*",
    },
  ]);
}

/** As AWS lays its default policies out. */
function policyText(Id: string, Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Id, Statement }, null, 2);
}

const anything: PolicyDocument = parsePolicy(
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
);

/**
 * Checks a policy that a client wants to attach; unless told otherwise, one that locks the caller out of
 * changing it again is refused.
 */
export function checkPolicy(text: string, keyArn: string, call: Call, bypassLockoutCheck: boolean): void {
  if (Buffer.byteLength(text) > limits.policyBytes)
    throw limitExceeded(`Key policies are limited to ${limits.policyBytes} bytes.`);
  const policy = parse(text);
  if (bypassLockoutCheck || allowsChange(policy, keyArn, call)) return;
  throw malformedPolicy("The new key policy will not allow you to update the key policy in the future.");
}

function parse(text: string): PolicyDocument {
  try {
    return parsePolicy(text, "resource");
  } catch (error) {
    throw malformedPolicy(messageOf(error));
  }
}

/** Whether the policy, with whatever IAM policies the account may add, lets the caller put another. */
function allowsChange(policy: PolicyDocument, resource: string, call: Call): boolean {
  const { decision } = evaluate({
    principal: call.principal,
    action: "kms:PutKeyPolicy",
    resource,
    context: { "kms:CallerAccount": call.account, "aws:PrincipalArn": call.principal.arn },
    identityPolicies: [anything],
    resourcePolicies: [policy],
    boundaries: [],
    sessionPolicies: undefined,
    // What is asked is what the policy itself allows, as for a caller from elsewhere.
    sameAccount: false,
  });
  return decision === "allow";
}
