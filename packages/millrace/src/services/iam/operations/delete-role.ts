import type { DeleteRoleRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findChangeable } from "../holders.ts";
import { checkHasNoPolicies } from "../removal.ts";
import type { IamState } from "../state.ts";

export async function deleteRole(
  state: IamState,
  input: Input<DeleteRoleRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const role = findChangeable(account, { kind: "role", name: input.RoleName });
    checkHasNoPolicies(role);
    if ([...account.profiles.values()].some((profile) => profile.roles.includes(role.id)))
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    draft.remove("roles", keyOf(role.name));
  });
}
