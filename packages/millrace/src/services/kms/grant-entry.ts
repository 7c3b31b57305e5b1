import type { GrantConstraints, GrantListEntry } from "@aws-sdk/client-kms";
import type { GrantConstraintDocument, GrantDocument } from "./document.ts";
import { keyArn } from "./key-arn.ts";

/** A grant as it is listed: without its token. */
export function grantEntry(grant: GrantDocument): GrantListEntry {
  return {
    KeyId: keyArn(grant, grant.keyId),
    GrantId: grant.id,
    Name: grant.name ?? "",
    CreationDate: new Date(grant.createdMs),
    IssuingAccount: grant.issuer,
    Operations: [...grant.operations],
    ...(grant.grantee === undefined ? {} : { GranteePrincipal: grant.grantee }),
    ...(grant.granteeService === undefined ? {} : { GranteeServicePrincipal: grant.granteeService }),
    ...(grant.retiring === undefined ? {} : { RetiringPrincipal: grant.retiring }),
    ...(grant.retiringService === undefined ? {} : { RetiringServicePrincipal: grant.retiringService }),
    ...(grant.constraints === undefined ? {} : { Constraints: constraintsOf(grant.constraints) }),
  };
}

function constraintsOf({ subset, equals, sourceArn }: GrantConstraintDocument): GrantConstraints {
  return {
    ...(subset === undefined ? {} : { EncryptionContextSubset: { ...subset } }),
    ...(equals === undefined ? {} : { EncryptionContextEquals: { ...equals } }),
    ...(sourceArn === undefined ? {} : { SourceArn: sourceArn }),
  };
}
