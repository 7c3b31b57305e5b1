import type { AccessControlPolicy, Grant } from "@aws-sdk/client-s3";
import { ServiceError } from "../../../core/errors.ts";
import { malformedAcl } from "../configuration-errors.ts";
import { accessDenied, invalidArgument, invalidRequest } from "../errors.ts";
import { limits } from "../limits.ts";
import {
  type AccessControlList,
  type AclGrant,
  type AclGrantee,
  type AclPermission,
  aclGroups,
  aclPermissions,
  user,
} from "./access-control-list.ts";
import { type AclOwners, cannedAcl } from "./canned-acl.ts";

/** What requests say about a list: by name, by headers or by a document, and at most one of these. */
export interface AclInput {
  readonly ACL?: string | undefined;
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/** The list that a request asks for; undefined when it says nothing about one. */
export function requestedAcl(input: AclInput, owners: AclOwners): AccessControlList | undefined {
  const headers = headerGrants(input);
  const document = input.AccessControlPolicy;
  if (input.ACL !== undefined && headers.length > 0)
    throw invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
  if (document !== undefined && (input.ACL !== undefined || headers.length > 0))
    throw new ServiceError("UnexpectedContent", "This request does not support content");
  if (input.ACL !== undefined) return cannedAcl(input.ACL, owners);
  if (document !== undefined) return documentAcl(document, owners);
  return headers.length === 0 ? undefined : bounded(headers);
}

const headerNames: readonly (readonly [keyof AclInput & `Grant${string}`, AclPermission, string])[] = [
  ["GrantFullControl", "FULL_CONTROL", "x-amz-grant-full-control"],
  ["GrantRead", "READ", "x-amz-grant-read"],
  ["GrantReadACP", "READ_ACP", "x-amz-grant-read-acp"],
  ["GrantWrite", "WRITE", "x-amz-grant-write"],
  ["GrantWriteACP", "WRITE_ACP", "x-amz-grant-write-acp"],
];

function headerGrants(input: AclInput): AclGrant[] {
  const grants: AclGrant[] = [];
  for (const [member, permission, header] of headerNames) {
    for (const grantee of parseGrantees(input[member], header)) grants.push({ grantee, permission });
  }
  return grants;
}

/** grantees = grantee *( "," grantee ); grantee = ( "id" / "uri" / "emailAddress" ) "=" DQUOTE text DQUOTE */
function parseGrantees(text: string | undefined, header: string): AclGrantee[] {
  if (text === undefined) return [];
  return text.split(",").map((part) => {
    const [, kind, quoted, bare] = /^\s*(id|uri|emailAddress)=(?:"([^"]*)"|([^"\s]*))\s*$/.exec(part) ?? [];
    if (kind === undefined) throw invalidArgument("Argument format not recognized", header, part.trim());
    return grantee(kind, quoted ?? bare ?? "", ["id", "uri"]);
  });
}

/** @param names what the argument is called in errors about a user and about a group. */
function grantee(kind: string, value: string, [userName, groupName]: readonly [string, string]): AclGrantee {
  if (kind === "id") {
    if (!isCanonicalId(value)) throw invalidArgument("Invalid id", userName, value);
    return user(value);
  }
  if (kind === "uri") {
    if (!aclGroups.has(value)) throw invalidArgument("Invalid group uri", groupName, value);
    return { kind: "group", uri: value };
  }
  // Accounts have no e-mail addresses here, so none is on record.
  throw new ServiceError(
    "UnresolvableGrantByEmailAddress",
    "The e-mail address you provided does not match any account on record.",
  );
}

function isCanonicalId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function documentAcl(document: AccessControlPolicy, { owner }: AclOwners): AccessControlList {
  const { Owner, Grants } = document;
  if (Owner === undefined || Grants === undefined) throw malformedAcl();
  if (!isCanonicalId(Owner.ID ?? "")) throw invalidArgument("Invalid id", "CanonicalUser/ID", Owner.ID ?? "");
  // Ownership does not change by way of a list.
  if (Owner.ID !== owner) throw accessDenied();
  return bounded(Grants.map(documentGrant));
}

const granteeKinds: Readonly<Record<string, string | undefined>> = {
  CanonicalUser: "id",
  Group: "uri",
  AmazonCustomerByEmail: "emailAddress",
};

function documentGrant({ Grantee, Permission }: Grant): AclGrant {
  const kind = Object.hasOwn(granteeKinds, Grantee?.Type ?? "")
    ? granteeKinds[Grantee?.Type ?? ""]
    : undefined;
  if (Grantee === undefined || kind === undefined) throw malformedAcl();
  if (Permission === undefined || !aclPermissions.has(Permission)) throw malformedAcl();
  const value = { id: Grantee.ID, uri: Grantee.URI }[kind] ?? "";
  return { grantee: grantee(kind, value, ["CanonicalUser/ID", "Group/URI"]), permission: Permission };
}

function bounded(grants: readonly AclGrant[]): AccessControlList {
  if (grants.length > limits.grantsPerAcl) throw malformedAcl();
  return { grants };
}
