import type { RemoveUserFromGroupRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { noSuchEntity } from "../errors.ts";
import { changeHolder, findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export async function removeUserFromGroup(
  state: IamState,
  input: Input<RemoveUserFromGroupRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, (user, account) => {
    const { id } = findHolder(account, { kind: "group", name: input.GroupName });
    if (!user.groups.includes(id))
      throw noSuchEntity(`User ${input.UserName} not in group ${input.GroupName}`);
    return { ...user, groups: user.groups.filter((other) => other !== id) };
  });
}
