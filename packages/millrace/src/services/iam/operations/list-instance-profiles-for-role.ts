import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeProfile } from "../describe.ts";
import { findHolder } from "../holders.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listInstanceProfilesForRole(
  state: IamState,
  input: Input<ListInstanceProfilesForRoleRequest>,
  call: Call,
): ListInstanceProfilesForRoleResponse {
  const account = state.account(call.account);
  const { id } = findHolder(account, { kind: "role", name: input.RoleName });
  const profiles = [...account.profiles.values()].filter((profile) => profile.roles.includes(id));
  const { items, rest } = pageOf(state, call, input, profiles, ({ name }) => keyOf(name));
  return { InstanceProfiles: items.map((profile) => describeProfile(account, profile)), ...rest };
}
