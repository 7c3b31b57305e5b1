import type { UpdateUserRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { alreadyExists } from "../errors.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export async function updateUser(
  state: IamState,
  input: Input<UpdateUserRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const user = findHolder(account, { kind: "user", name: input.UserName });
    const { NewUserName: name = user.name, NewPath: path = user.path } = input;
    const isTaken = keyOf(name) !== keyOf(user.name) && account.users.has(keyOf(name));
    if (isTaken) throw alreadyExists(`User with name ${name} already exists.`);
    draft.remove("users", keyOf(user.name));
    draft.put("users", keyOf(name), { ...user, name, path });
  });
}
