import type { AddUserToGroupRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { quotaExceeded } from "../errors.ts";
import { changeHolder, findHolder } from "../holders.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";

export async function addUserToGroup(
  state: IamState,
  input: Input<AddUserToGroupRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, (user, account) => {
    const { id } = findHolder(account, { kind: "group", name: input.GroupName });
    if (user.groups.includes(id)) return user;
    if (user.groups.length >= limits.groupsPerUser)
      throw quotaExceeded("GroupsPerUser", limits.groupsPerUser);
    return { ...user, groups: [...user.groups, id] };
  });
}
