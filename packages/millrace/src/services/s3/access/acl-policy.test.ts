import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { evaluate } from "../../../core/policy/evaluate.ts";
import { parsePolicy } from "../../../core/policy/policy-document.ts";
import type { PolicyPrincipal } from "../../../core/policy/principal-element.ts";
import {
  type AclGrant,
  type AclPermission,
  allUsers,
  authenticatedUsers,
  logDelivery,
} from "./access-control-list.ts";
import { aclPolicy } from "./acl-policy.ts";

const ownerId = canonicalUserId("000000000000");
const bucket = "arn:aws:s3:::orders";
const key = `${bucket}/a*b?c\${d}`;
const anonymous: PolicyPrincipal = { arn: "*", account: "anonymous", kind: "anonymous" };
const stranger: PolicyPrincipal = {
  arn: "arn:aws:iam::111111111111:root",
  account: "111111111111",
  kind: "root",
};
const group = (uri: string, permission: AclPermission): AclGrant => ({
  grantee: { kind: "group", uri },
  permission,
});
const toUser = (account: string, permission: AclPermission): AclGrant => ({
  grantee: { kind: "user", id: canonicalUserId(account) },
  permission,
});

function allows(
  kind: "bucket" | "object",
  grant: AclGrant,
  principal: PolicyPrincipal,
  action: string,
  resource: string,
): boolean {
  const text = aclPolicy({ grants: [grant] }, { kind, arn: kind === "bucket" ? bucket : key, ownerId });
  const type = principal.kind === "anonymous" ? "Anonymous" : "Account";
  const evaluation = evaluate({
    principal,
    action,
    resource,
    context: { "aws:PrincipalType": type },
    identityPolicies: [],
    resourcePolicies: text === undefined ? [] : [parsePolicy(text, "resource")],
    boundaries: [],
    sessionPolicies: undefined,
    sameAccount: false,
  });
  return evaluation.decision === "allow";
}

describe("access control lists as policies", () => {
  it("let everybody read an object, and no other", () => {
    const read = group(allUsers, "READ");
    expect(allows("object", read, anonymous, "s3:GetObject", key)).toBe(true);
    expect(allows("object", read, stranger, "s3:GetObjectVersion", key)).toBe(true);
    expect(allows("object", read, anonymous, "s3:PutObjectAcl", key)).toBe(false);
    expect(allows("object", read, anonymous, "s3:GetObject", `${bucket}/aXXbXc\${d}`)).toBe(false);
  });

  it("let those with an account in, and only them", () => {
    const read = group(authenticatedUsers, "READ");
    expect(allows("bucket", read, stranger, "s3:ListBucket", bucket)).toBe(true);
    expect(allows("bucket", read, anonymous, "s3:ListBucket", bucket)).toBe(false);
  });

  it("let one account do everything", () => {
    const all = toUser("111111111111", "FULL_CONTROL");
    expect(allows("bucket", all, stranger, "s3:PutBucketAcl", bucket)).toBe(true);
    expect(allows("bucket", all, stranger, "s3:PutObject", `${bucket}/x`)).toBe(true);
    expect(allows("bucket", all, stranger, "s3:GetObject", `${bucket}/x`)).toBe(false);
    expect(allows("bucket", all, { ...stranger, account: "222222222222" }, "s3:ListBucket", bucket)).toBe(
      false,
    );
  });

  it("say nothing about the owner and about groups without members", () => {
    const about = { kind: "bucket", arn: bucket, ownerId } as const;
    expect(aclPolicy({ grants: [toUser("000000000000", "FULL_CONTROL")] }, about)).toBeUndefined();
    expect(aclPolicy({ grants: [group(logDelivery, "WRITE")] }, about)).toBeUndefined();
  });
});
