import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { ServiceError } from "../../../core/errors.ts";
import { allUsers, authenticatedUsers, logDelivery } from "./access-control-list.ts";
import { type AclInput, requestedAcl } from "./acl-input.ts";
import { describeAcl } from "./acl-output.ts";

const owner = canonicalUserId("000000000000");
const other = canonicalUserId("111111111111");
const ask = (input: AclInput, bucketOwner: string = owner) => requestedAcl(input, { owner, bucketOwner });

function refusal(input: AclInput): ServiceError {
  try {
    ask(input);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown;
    throw thrown;
  }
  throw new Error("the list was taken");
}

describe("access control lists of requests", () => {
  it("are absent when nothing is said", () => {
    expect(ask({})).toBeUndefined();
  });

  it.each([
    ["private", []],
    ["public-read", [`READ ${allUsers}`]],
    ["public-read-write", [`READ ${allUsers}`, `WRITE ${allUsers}`]],
    ["authenticated-read", [`READ ${authenticatedUsers}`]],
    ["log-delivery-write", [`WRITE ${logDelivery}`, `READ_ACP ${logDelivery}`]],
    ["bucket-owner-read", [`READ ${other}`]],
    ["bucket-owner-full-control", [`FULL_CONTROL ${other}`]],
  ])("know AWS's name %s", (ACL, expected) => {
    const grants = ask({ ACL }, other)?.grants.map(
      ({ grantee, permission }) => `${permission} ${grantee.kind === "user" ? grantee.id : grantee.uri}`,
    );
    expect(grants).toEqual([`FULL_CONTROL ${owner}`, ...expected]);
  });

  it("are read from headers", () => {
    const acl = ask({ GrantRead: `id="${other}", uri="${allUsers}"`, GrantWriteACP: `id=${owner}` });
    expect(acl).toEqual({
      grants: [
        { permission: "READ", grantee: { kind: "user", id: other } },
        { permission: "READ", grantee: { kind: "group", uri: allUsers } },
        { permission: "WRITE_ACP", grantee: { kind: "user", id: owner } },
      ],
    });
  });

  it("are read from documents, and told as they were", () => {
    const document = {
      Owner: { ID: owner },
      Grants: [
        { Grantee: { Type: "CanonicalUser" as const, ID: other }, Permission: "READ_ACP" as const },
        { Grantee: { Type: "Group" as const, URI: logDelivery }, Permission: "WRITE" as const },
      ],
    };
    const acl = ask({ AccessControlPolicy: document });
    expect(acl && describeAcl(acl, owner)).toEqual(document);
    expect(ask({ AccessControlPolicy: { Owner: { ID: owner }, Grants: [] } })).toEqual({ grants: [] });
  });

  const grants = [{ Grantee: { Type: "Group" as const, URI: allUsers }, Permission: "READ" as const }];
  it.each<[string, AclInput]>([
    ["InvalidArgument", { ACL: "public" }],
    ["InvalidArgument", { ACL: "__proto__" }],
    ["NotImplemented", { ACL: "aws-exec-read" }],
    ["InvalidRequest", { ACL: "private", GrantRead: `id=${owner}` }],
    ["UnexpectedContent", { ACL: "private", AccessControlPolicy: { Owner: { ID: owner }, Grants: grants } }],
    ["InvalidArgument", { GrantRead: "" }],
    ["InvalidArgument", { GrantRead: "id" }],
    ["InvalidArgument", { GrantRead: "name=x" }],
    ["InvalidArgument", { GrantRead: 'id="nobody"' }],
    ["InvalidArgument", { GrantRead: 'uri="http://example.com"' }],
    ["UnresolvableGrantByEmailAddress", { GrantRead: 'emailAddress="a@example.com"' }],
    ["MalformedACLError", { AccessControlPolicy: {} }],
    ["MalformedACLError", { AccessControlPolicy: { Owner: { ID: owner } } }],
    ["InvalidArgument", { AccessControlPolicy: { Owner: { ID: "x" }, Grants: grants } }],
    ["AccessDenied", { AccessControlPolicy: { Owner: { ID: other }, Grants: grants } }],
    ["MalformedACLError", { AccessControlPolicy: { Owner: { ID: owner }, Grants: [{}] } }],
    [
      "MalformedACLError",
      { AccessControlPolicy: { Owner: { ID: owner }, Grants: Array(101).fill(grants[0]) } },
    ],
  ])("are refused with %s: %j", (code, input) => {
    expect(refusal(input).code).toBe(code);
  });
});
