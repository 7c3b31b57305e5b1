import { randomBytes } from "node:crypto";
import type { CreateGrantRequest, CreateGrantResponse, GrantConstraints } from "@aws-sdk/client-kms";
import { messageOf } from "../../../core/errors.ts";
import { parsePolicy } from "../../../core/policy/policy-document.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GrantConstraintDocument, GrantDocument } from "../document.ts";
import { invalidArn, limitExceeded, validation } from "../errors.ts";
import { checkGrantOperations } from "../grant-operations.ts";
import { grantPolicy } from "../grant-policy.ts";
import { checkGrantTokens } from "../grant-token-check.ts";
import type { Key } from "../key.ts";
import { findKeyWithoutAlias } from "../key-lookup.ts";
import { requireEnabled } from "../key-state.ts";
import { endDryRun } from "../key-use.ts";
import { limits } from "../limits.ts";
import type { KmsState } from "../state.ts";

type Request = Input<CreateGrantRequest>;

export function createGrant(state: KmsState, input: Request, call: Call): Promise<CreateGrantResponse> {
  return state.change(async () => {
    checkGrantTokens(state, input.GrantTokens);
    const key = findKeyWithoutAlias(state, input.KeyId, call);
    requireEnabled(key, state.clock.now());
    checkPrincipals(input);
    checkGrantOperations(key, input.Operations);
    checkConstraints(key, input.Constraints);
    const wanted = grantOf(key, input, call, state.clock.now());
    checkArns(wanted);
    const same = input.Name === undefined ? undefined : namesake(state, key, wanted);
    if (same === undefined && state.grants.count(key) >= limits.grantsPerKey)
      throw limitExceeded(`${key.arn} has ${limits.grantsPerKey} grants, which is the limit.`);
    endDryRun(input.DryRun);
    const grant = same ?? wanted;
    if (same === undefined) await state.grants.put(wanted);
    return { GrantId: grant.id, GrantToken: state.grantTokens.seal(grant.id, key.arn) };
  });
}

function checkPrincipals(input: Request): void {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = input;
  if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined))
    throw validation("You must specify either GranteePrincipal or GranteeServicePrincipal, but not both.");
  if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined)
    throw validation("You can specify either RetiringPrincipal or RetiringServicePrincipal, but not both.");
  if (GranteeServicePrincipal === undefined) return;
  if (input.Constraints?.SourceArn === undefined)
    throw validation("A SourceArn constraint is required with a GranteeServicePrincipal.");
  if (RetiringPrincipal === undefined && RetiringServicePrincipal === undefined)
    throw validation("A retiring principal is required with a GranteeServicePrincipal.");
}

function checkConstraints(key: Key, constraints: Input<GrantConstraints> | undefined): void {
  const { EncryptionContextEquals, EncryptionContextSubset } = constraints ?? {};
  const isOnContext = EncryptionContextEquals !== undefined || EncryptionContextSubset !== undefined;
  if (isOnContext && key.facts.family !== "symmetric")
    throw validation("Encryption context constraints are for symmetric encryption keys only.");
}

/** Principals that the policy engine cannot read are not ARNs of principals. */
function checkArns(grant: GrantDocument): void {
  try {
    parsePolicy(grantPolicy(grant), "resource");
  } catch (error) {
    throw invalidArn(messageOf(error));
  }
}

function grantOf(key: Key, input: Request, call: Call, createdMs: number): GrantDocument {
  const { Name, GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } =
    input;
  const { account, region, id: keyId } = key.document;
  const constraints = constraintsOf(input.Constraints);
  return {
    id: randomBytes(32).toString("hex"),
    account,
    region,
    keyId,
    createdMs,
    issuer: `arn:aws:iam::${call.account}:root`,
    operations: input.Operations,
    ...(Name === undefined ? {} : { name: Name }),
    ...(GranteePrincipal === undefined ? {} : { grantee: GranteePrincipal }),
    ...(GranteeServicePrincipal === undefined ? {} : { granteeService: GranteeServicePrincipal }),
    ...(RetiringPrincipal === undefined ? {} : { retiring: RetiringPrincipal }),
    ...(RetiringServicePrincipal === undefined ? {} : { retiringService: RetiringServicePrincipal }),
    ...(constraints === undefined ? {} : { constraints }),
  };
}

function constraintsOf(input: Input<GrantConstraints> | undefined): GrantConstraintDocument | undefined {
  if (input === undefined) return undefined;
  const { EncryptionContextSubset, EncryptionContextEquals, SourceArn } = input;
  return {
    ...(EncryptionContextSubset === undefined ? {} : { subset: EncryptionContextSubset }),
    ...(EncryptionContextEquals === undefined ? {} : { equals: EncryptionContextEquals }),
    ...(SourceArn === undefined ? {} : { sourceArn: SourceArn }),
  };
}

/** A grant of the same name and content: a retried request does not make another. */
function namesake(state: KmsState, key: Key, wanted: GrantDocument): GrantDocument | undefined {
  const content = (grant: GrantDocument): string =>
    JSON.stringify({ ...grant, id: "", createdMs: 0, operations: [...grant.operations].sort() });
  return state.grants.of(key).find(({ document }) => content(document) === content(wanted))?.document;
}
