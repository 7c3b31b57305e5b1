import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { type IamAccount, keyOf } from "../account.ts";
import type { PolicyHolder } from "../document.ts";
import { below, pageOf } from "../paging.ts";
import { findPolicy } from "../policies.ts";
import type { IamState } from "../state.ts";

export function listEntitiesForPolicy(
  state: IamState,
  input: Input<ListEntitiesForPolicyRequest>,
  call: Call,
): ListEntitiesForPolicyResponse {
  const account = state.account(call.account);
  const { arn } = findPolicy(state, account, input.PolicyArn);
  const { items, rest } = pageOf(state, call, input, entitiesOf(account, arn, input), ({ kind, holder }) =>
    keyOf(`${kind}/${holder.name}`),
  );
  const of = (wanted: string): PolicyHolder[] =>
    items.filter(({ kind }) => kind === wanted).map(({ holder }) => holder);
  return {
    PolicyGroups: of("Group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyUsers: of("User").map(({ name, id }) => ({ UserName: name, UserId: id })),
    PolicyRoles: of("Role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    ...rest,
  };
}

interface Entity {
  readonly kind: "Group" | "User" | "Role";
  readonly holder: PolicyHolder & { readonly boundary?: string };
}

function entitiesOf(account: IamAccount, arn: string, input: Input<ListEntitiesForPolicyRequest>): Entity[] {
  const all: Entity[] = [
    ...[...account.groups.values()].map((holder) => ({ kind: "Group" as const, holder })),
    ...[...account.users.values()].map((holder) => ({ kind: "User" as const, holder })),
    ...[...account.roles.values()].map((holder) => ({ kind: "Role" as const, holder })),
  ];
  const usage = input.PolicyUsageFilter;
  return all.filter(
    ({ kind, holder }) =>
      (input.EntityFilter === undefined || input.EntityFilter === kind) &&
      below(input.PathPrefix)(holder) &&
      ((usage !== "PermissionsBoundary" && holder.attached.includes(arn)) ||
        (usage !== "PermissionsPolicy" && holder.boundary === arn)),
  );
}
