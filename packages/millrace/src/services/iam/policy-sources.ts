import type { IamAccount } from "./account.ts";
import { parseIamArn } from "./arn.ts";
import type { GroupDocument, PolicyHolder, RoleDocument, UserDocument } from "./document.ts";
import { invalidInput } from "./errors.ts";
import { findHolder, type HolderKind } from "./holders.ts";
import { isAwsManaged } from "./managed-policies.ts";
import { defaultText, knownPolicy } from "./policies.ts";
import type { SourcePolicy } from "./simulation.ts";
import type { IamState } from "./state.ts";

/** All policies that a principal's ARN stands for in a simulation. */
export function principalSources(
  state: IamState,
  account: IamAccount,
  arn: string,
): { readonly identity: SourcePolicy[]; readonly boundaries: SourcePolicy[] } {
  const [kind, holder] = findSource(account, arn);
  const groups =
    "groups" in holder ? [...account.groups.values()].filter(({ id }) => holder.groups.includes(id)) : [];
  const boundary = "boundary" in holder ? holder.boundary : undefined;
  return {
    identity: [
      ...holderSources(state, account, kind, holder),
      ...groups.flatMap((group) => holderSources(state, account, "group", group)),
    ],
    boundaries: boundary === undefined ? [] : managedSource(state, account, boundary),
  };
}

function findSource(
  account: IamAccount,
  arn: string,
): [kind: HolderKind, holder: UserDocument | GroupDocument | RoleDocument] {
  const parsed = parseIamArn(arn);
  const kind = (["user", "group", "role"] as const).find((one) => one === parsed?.kind);
  if (parsed === undefined || kind === undefined || parsed.account !== account.id)
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  return [kind, findHolder(account, { kind, name: parsed.name })];
}

function holderSources(
  state: IamState,
  account: IamAccount,
  kind: HolderKind,
  holder: PolicyHolder,
): SourcePolicy[] {
  const inline = Object.entries(holder.inline).map(([name, text]) => ({
    id: `${kind}_${holder.name}_${name}`,
    type: kind,
    document: state.compiled.get(text),
  }));
  return [...inline, ...holder.attached.flatMap((arn) => managedSource(state, account, arn))];
}

function managedSource(state: IamState, account: IamAccount, arn: string): SourcePolicy[] {
  const policy = knownPolicy(state, account, arn);
  if (policy === undefined) return [];
  const type = isAwsManaged(arn) ? "aws-managed" : "user-managed";
  return [{ id: policy.document.name, type, document: state.compiled.get(defaultText(policy.document)) }];
}
