import type {
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { detailEntries } from "../authorization-details.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function getAccountAuthorizationDetails(
  state: IamState,
  input: Input<GetAccountAuthorizationDetailsRequest>,
  call: Call,
): GetAccountAuthorizationDetailsResponse {
  const account = state.account(call.account);
  const wanted = new Set(input.Filter ?? []);
  const entries = detailEntries(state, account).filter(({ type }) => wanted.size === 0 || wanted.has(type));
  const { items, rest } = pageOf(state, call, input, entries, ({ key }) => key);
  return {
    UserDetailList: items.flatMap(({ user }) => (user === undefined ? [] : [user()])),
    GroupDetailList: items.flatMap(({ group }) => (group === undefined ? [] : [group()])),
    RoleDetailList: items.flatMap(({ role }) => (role === undefined ? [] : [role()])),
    Policies: items.flatMap(({ policy }) => (policy === undefined ? [] : [policy()])),
    ...rest,
  };
}
