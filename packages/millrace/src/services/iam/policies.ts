import type { Policy, PolicyVersion } from "@aws-sdk/client-iam";
import { type IamAccount, keyOf } from "./account.ts";
import { iamArn, parseIamArn } from "./arn.ts";
import type { ManagedPolicyDocument, PolicyVersionDocument } from "./document.ts";
import { invalidInput, noSuchEntity, notAttachable } from "./errors.ts";
import { type AwsManagedPolicy, awsManagedId, isAwsManaged } from "./managed-policies.ts";
import { encodePolicy } from "./policy-text.ts";
import type { IamState } from "./state.ts";
import { tagsMember } from "./tags.ts";

/** A managed policy, the account's own or one of AWS's. */
export interface KnownPolicy {
  readonly arn: string;
  readonly document: ManagedPolicyDocument;
}

/** Undefined when neither the account nor AWS has such a policy. */
export function knownPolicy(state: IamState, account: IamAccount, arn: string): KnownPolicy | undefined {
  if (isAwsManaged(arn)) {
    const policy = state.managed.get(arn);
    return policy === undefined ? undefined : awsPolicy(arn, policy);
  }
  const parsed = parseIamArn(arn);
  if (parsed?.kind !== "policy" || parsed.account !== account.id) return undefined;
  const document = account.policies.get(keyOf(parsed.name));
  if (document === undefined || document.path !== parsed.path) return undefined;
  return { arn: iamArn(account.id, "policy", document), document };
}

export function awsPolicy(arn: string, policy: AwsManagedPolicy): KnownPolicy {
  const createdMs = Date.parse(policy.createdAt);
  const updatedMs = Date.parse(policy.updatedAt);
  const version = { id: policy.version, document: policy.document, createdMs: updatedMs };
  const { name, path } = policy;
  const document: ManagedPolicyDocument = {
    ...{ name, path, id: awsManagedId(name), description: "", tags: {}, createdMs, updatedMs },
    ...{ versions: [version], defaultVersion: version.id, nextVersion: 0 },
  };
  return { arn, document };
}

export function findPolicy(state: IamState, account: IamAccount, arn: string): KnownPolicy {
  if (parseIamArn(arn) === undefined) throw invalidInput(`ARN ${arn} is not valid.`);
  const found = knownPolicy(state, account, arn);
  if (found === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
}

/** The account's own policy, to be changed; AWS's belong to AWS. */
export function findOwnPolicy(state: IamState, account: IamAccount, arn: string): ManagedPolicyDocument {
  if (isAwsManaged(arn)) throw invalidInput("Cannot modify a policy that AWS manages.");
  return findPolicy(state, account, arn).document;
}

/** A policy that is to be attached, or to be a boundary. */
export function attachable(state: IamState, account: IamAccount, arn: string): KnownPolicy {
  if (parseIamArn(arn) === undefined) throw invalidInput(`ARN ${arn} is not valid.`);
  const found = knownPolicy(state, account, arn);
  if (found === undefined) throw notAttachable(arn);
  return found;
}

/** How often policies are attached, and how often they are boundaries, by ARN. */
export interface PolicyUses {
  readonly attached: ReadonlyMap<string, number>;
  readonly boundaries: ReadonlyMap<string, number>;
}

export function policyUses(account: IamAccount): PolicyUses {
  const attached = new Map<string, number>();
  const boundaries = new Map<string, number>();
  const count = (counts: Map<string, number>, arn: string): void =>
    void counts.set(arn, (counts.get(arn) ?? 0) + 1);
  for (const table of [account.users, account.groups, account.roles])
    for (const holder of table.values()) for (const arn of holder.attached) count(attached, arn);
  for (const table of [account.users, account.roles])
    for (const { boundary } of table.values()) if (boundary !== undefined) count(boundaries, boundary);
  return { attached, boundaries };
}

export function describePolicy({ arn, document }: KnownPolicy, uses: PolicyUses): Policy & { Arn: string } {
  return {
    PolicyName: document.name,
    PolicyId: document.id,
    Arn: arn,
    Path: document.path,
    DefaultVersionId: document.defaultVersion,
    AttachmentCount: uses.attached.get(arn) ?? 0,
    PermissionsBoundaryUsageCount: uses.boundaries.get(arn) ?? 0,
    IsAttachable: true,
    CreateDate: new Date(document.createdMs),
    UpdateDate: new Date(document.updatedMs),
  };
}

/** With what lists leave out. */
export function describePolicyFully(policy: KnownPolicy, uses: PolicyUses): Policy {
  const { description, tags } = policy.document;
  return {
    ...describePolicy(policy, uses),
    ...(description === "" ? {} : { Description: description }),
    ...tagsMember(tags),
  };
}

export function describeVersion(
  policy: ManagedPolicyDocument,
  version: PolicyVersionDocument,
): PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersion,
    CreateDate: new Date(version.createdMs),
  };
}

export function describeVersionFully(
  policy: ManagedPolicyDocument,
  version: PolicyVersionDocument,
): PolicyVersion {
  return { Document: encodePolicy(version.document), ...describeVersion(policy, version) };
}

export function findVersion({ arn, document }: KnownPolicy, id: string): PolicyVersionDocument {
  const found = document.versions.find((version) => version.id === id);
  if (found === undefined)
    throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return found;
}

/** The text that counts: the default version's. */
export function defaultText({ versions, defaultVersion }: ManagedPolicyDocument): string {
  return versions.find((version) => version.id === defaultVersion)?.document ?? "";
}
