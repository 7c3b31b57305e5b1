import type { RemoveRoleFromInstanceProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { noSuchEntity } from "../errors.ts";
import { findHolder } from "../holders.ts";
import { changeProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";

export async function removeRoleFromInstanceProfile(
  state: IamState,
  input: Input<RemoveRoleFromInstanceProfileRequest>,
  call: Call,
): Promise<void> {
  await changeProfile(state, call, input.InstanceProfileName, (profile, account) => {
    const { id, name } = findHolder(account, { kind: "role", name: input.RoleName });
    if (!profile.roles.includes(id))
      throw noSuchEntity(`Role ${name} in Instance Profile ${profile.name} cannot be found.`);
    return { ...profile, roles: profile.roles.filter((other) => other !== id) };
  });
}
