import type { ListPoliciesRequest, ListPoliciesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { type IamAccount, keyOf } from "../account.ts";
import { iamArn } from "../arn.ts";
import { isAwsManaged } from "../managed-policies.ts";
import { below, pageOf } from "../paging.ts";
import { awsPolicy, describePolicy, type KnownPolicy, policyUses } from "../policies.ts";
import type { IamState } from "../state.ts";

export function listPolicies(
  state: IamState,
  input: Input<ListPoliciesRequest>,
  call: Call,
): ListPoliciesResponse {
  const account = state.account(call.account);
  const uses = policyUses(account);
  const counts = input.PolicyUsageFilter === "PermissionsBoundary" ? uses.boundaries : uses.attached;
  const policies = policiesIn(state, account, input.Scope ?? "All")
    .filter(({ document }) => below(input.PathPrefix)(document))
    .filter(({ arn }) => !(input.OnlyAttached || input.PolicyUsageFilter) || counts.has(arn));
  const { items, rest } = pageOf(state, call, input, policies, sortKey);
  return { Policies: items.map((policy) => describePolicy(policy, uses)), ...rest };
}

function policiesIn(state: IamState, account: IamAccount, scope: string): KnownPolicy[] {
  const own = [...account.policies.values()].map((document) => ({
    arn: iamArn(account.id, "policy", document),
    document,
  }));
  const aws =
    scope === "Local" ? [] : [...state.managed.all()].map(([arn, policy]) => awsPolicy(arn, policy));
  return scope === "AWS" ? aws : [...own, ...aws];
}

/** The account's own policies come first; AWS may have one of the same name. */
function sortKey({ arn, document }: KnownPolicy): string {
  return `${isAwsManaged(arn) ? 1 : 0}${keyOf(document.name)}`;
}
