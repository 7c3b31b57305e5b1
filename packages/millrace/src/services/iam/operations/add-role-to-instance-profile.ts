import type { AddRoleToInstanceProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { quotaExceeded } from "../errors.ts";
import { findChangeable } from "../holders.ts";
import { limits } from "../limits.ts";
import { changeProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";

export async function addRoleToInstanceProfile(
  state: IamState,
  input: Input<AddRoleToInstanceProfileRequest>,
  call: Call,
): Promise<void> {
  await changeProfile(state, call, input.InstanceProfileName, (profile, account) => {
    const role = findChangeable(account, { kind: "role", name: input.RoleName });
    if (profile.roles.length >= limits.rolesPerProfile)
      throw quotaExceeded("InstanceSessionsPerInstanceProfile", limits.rolesPerProfile);
    return { ...profile, roles: [...profile.roles, role.id] };
  });
}
