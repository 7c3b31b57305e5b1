import type { DeleteGroupRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { deleteConflict } from "../errors.ts";
import { findHolder } from "../holders.ts";
import { checkHasNoPolicies } from "../removal.ts";
import type { IamState } from "../state.ts";

export async function deleteGroup(
  state: IamState,
  input: Input<DeleteGroupRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const group = findHolder(account, { kind: "group", name: input.GroupName });
    checkHasNoPolicies(group);
    if ([...account.users.values()].some((user) => user.groups.includes(group.id)))
      throw deleteConflict("Cannot delete entity, must remove users from group first.");
    draft.remove("groups", keyOf(group.name));
  });
}
