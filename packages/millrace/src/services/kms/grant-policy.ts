import type { GrantOperation } from "@aws-sdk/client-kms";
import type { GrantDocument } from "./document.ts";
import { keyArn } from "./key-arn.ts";

/** What a grant may allow that has no encryption context: constraints on one do not apply to it. */
const withoutContext: ReadonlySet<GrantOperation> = new Set(["CreateGrant", "DescribeKey", "RetireGrant"]);

/**
 * A grant as a policy of its key, so that the policy engine decides on it: the grantee may do the operations
 * under the constraints, the retiring principal may retire it.
 */
export function grantPolicy(grant: GrantDocument): string {
  const { constraints, operations } = grant;
  const constrained = operations.filter((operation) => !withoutContext.has(operation));
  const free = operations.filter((operation) => withoutContext.has(operation) && operation !== "RetireGrant");
  const Resource = keyArn(grant, grant.keyId);
  const grantee = principalOf(grant.grantee, grant.granteeService);
  const retiring = principalOf(grant.retiring, grant.retiringService);
  const source: Condition = constraints?.sourceArn
    ? { ArnEquals: { "aws:SourceArn": constraints.sourceArn } }
    : {};
  const Statement = [
    ...allow(grantee, constrained, Resource, { ...contextCondition(grant), ...source }),
    ...allow(grantee, free, Resource, source),
    ...(operations.includes("RetireGrant") ? retire(grantee, grant.id, Resource) : []),
    ...retire(retiring, grant.id, Resource),
  ];
  return JSON.stringify({ Version: "2012-10-17", Id: grant.id, Statement });
}

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
type PrincipalValue = Readonly<Record<string, string>>;

function principalOf(arn: string | undefined, service: string | undefined): PrincipalValue | undefined {
  if (arn !== undefined) return { AWS: arn };
  return service === undefined ? undefined : { Service: service };
}

function allow(
  Principal: PrincipalValue | undefined,
  operations: readonly GrantOperation[],
  Resource: string,
  condition: Condition,
): object[] {
  if (Principal === undefined || operations.length === 0) return [];
  const Action = operations.map((operation) => `kms:${operation}`);
  const Condition = Object.keys(condition).length === 0 ? {} : { Condition: condition };
  return [{ Effect: "Allow", Principal, Action, Resource, ...Condition }];
}

/** Only this grant: RetireGrant is asked about with the grant's id. */
function retire(Principal: PrincipalValue | undefined, grantId: string, Resource: string): object[] {
  if (Principal === undefined) return [];
  const Condition = { StringEquals: { [retiredGrantKey]: grantId } };
  return [{ Effect: "Allow", Principal, Action: "kms:RetireGrant", Resource, Condition }];
}

/** A condition key between RetireGrant's permissions and these policies; clients cannot set it. */
export const retiredGrantKey = "millrace:RetiredGrant";

function contextCondition({ constraints }: GrantDocument): Condition {
  const { equals, subset } = constraints ?? {};
  const pairs = { ...subset, ...equals };
  const keys = Object.keys(pairs);
  if (equals === undefined && subset === undefined) return {};
  const StringEquals = Object.fromEntries(
    keys.map((key) => [`kms:EncryptionContext:${key}`, pairs[key] ?? ""]),
  );
  if (equals === undefined) return { StringEquals };
  return {
    StringEquals,
    "ForAllValues:StringEqualsIgnoreCase": { "kms:EncryptionContextKeys": Object.keys(equals) },
  };
}
