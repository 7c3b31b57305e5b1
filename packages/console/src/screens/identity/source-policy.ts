import type { AttachedPolicy, IAM, Statement } from "@aws-sdk/client-iam";
import { decodedDocument } from "./documents.ts";
import { type HolderKind, holders } from "./holders.ts";
import { nameOfArn } from "./simulation.ts";

/**
 * The document that the simulator calls by an id: `user_jo_own` is jo's inline policy `own`, and managed policies go
 * by their names. Undefined when it cannot be found, for instance because one may not read it.
 */
export async function sourceDocument(
  iam: IAM,
  principal: string,
  given: string,
  { SourcePolicyId: id = "", SourcePolicyType: type }: Statement,
): Promise<string | undefined> {
  if (id.startsWith("PolicyInputList")) return given;
  const owners = await ownersOf(iam, principal);
  for (const { kind, name } of owners) {
    const prefix = `${kind}_${name}_`;
    if (type === kind && id.startsWith(prefix)) {
      const { PolicyDocument } = await holders[kind].getInline(iam, name, id.slice(prefix.length));
      return decodedDocument(PolicyDocument);
    }
  }
  for (const { kind, name } of owners) {
    const { AttachedPolicies = [] } = await holders[kind].listAttached(iam, name, undefined);
    const found = AttachedPolicies.find(({ PolicyName }) => PolicyName === id);
    if (found !== undefined) return managedDocument(iam, found);
  }
  return undefined;
}

interface Owner {
  readonly kind: HolderKind;
  readonly name: string;
}

/** Whose policies count for a principal. */
async function ownersOf(iam: IAM, principal: string): Promise<readonly Owner[]> {
  const { kind, name } = nameOfArn(principal);
  if (kind === "group" || kind === "role") return [{ kind, name }];
  if (kind !== "user") return [];
  const { Groups = [] } = await iam.listGroupsForUser({ UserName: name });
  const groups = Groups.map(({ GroupName = "" }): Owner => ({ kind: "group", name: GroupName }));
  return [{ kind, name }, ...groups];
}

async function managedDocument(iam: IAM, { PolicyArn = "" }: AttachedPolicy): Promise<string | undefined> {
  const { Policy } = await iam.getPolicy({ PolicyArn });
  if (Policy?.DefaultVersionId === undefined) return undefined;
  const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy.DefaultVersionId });
  return decodedDocument(PolicyVersion?.Document);
}
