import type { DeleteUserRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keysOf } from "../access-keys.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findHolder } from "../holders.ts";
import { checkHasNoPolicies } from "../removal.ts";
import type { IamState } from "../state.ts";

export async function deleteUser(
  state: IamState,
  input: Input<DeleteUserRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const user = findHolder(account, { kind: "user", name: input.UserName });
    checkHasNoPolicies(user);
    if (keysOf(account, user).length > 0)
      throw deleteConflict("Cannot delete entity, must delete access keys first.");
    if (account.logins.has(user.id))
      throw deleteConflict("Cannot delete entity, must delete login profile first.");
    if (user.groups.length > 0)
      throw deleteConflict("Cannot delete entity, must remove users from group first.");
    draft.remove("users", keyOf(user.name));
  });
}
