import type { ListInstanceProfilesRequest, ListInstanceProfilesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeProfile } from "../describe.ts";
import { below, pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listInstanceProfiles(
  state: IamState,
  input: Input<ListInstanceProfilesRequest>,
  call: Call,
): ListInstanceProfilesResponse {
  const account = state.account(call.account);
  const profiles = [...account.profiles.values()].filter(below(input.PathPrefix));
  const { items, rest } = pageOf(state, call, input, profiles, ({ name }) => keyOf(name));
  return { InstanceProfiles: items.map((profile) => describeProfile(account, profile)), ...rest };
}
