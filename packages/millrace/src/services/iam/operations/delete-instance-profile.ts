import type { DeleteInstanceProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";

export async function deleteInstanceProfile(
  state: IamState,
  input: Input<DeleteInstanceProfileRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const profile = findProfile(account, input.InstanceProfileName);
    if (profile.roles.length > 0)
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    draft.remove("profiles", keyOf(profile.name));
  });
}
