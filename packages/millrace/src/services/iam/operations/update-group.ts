import type { UpdateGroupRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { alreadyExists } from "../errors.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export async function updateGroup(
  state: IamState,
  input: Input<UpdateGroupRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const group = findHolder(account, { kind: "group", name: input.GroupName });
    const { NewGroupName: name = group.name, NewPath: path = group.path } = input;
    const isTaken = keyOf(name) !== keyOf(group.name) && account.groups.has(keyOf(name));
    if (isTaken) throw alreadyExists(`Group with name ${name} already exists.`);
    draft.remove("groups", keyOf(group.name));
    draft.put("groups", keyOf(name), { ...group, name, path });
  });
}
