import type { CreateGroupRequest, CreateGroupResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { describeGroup } from "../describe.ts";
import type { GroupDocument } from "../document.ts";
import { alreadyExists, quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";
import { uniqueId } from "../unique-id.ts";

export async function createGroup(
  state: IamState,
  input: Input<CreateGroupRequest>,
  call: Call,
): Promise<CreateGroupResponse> {
  const { GroupName: name, Path: path = "/" } = input;
  const group: GroupDocument = {
    ...{ name, path, id: uniqueId("AGPA"), createdMs: state.clock.now(), inline: {}, attached: [] },
  };
  await state.change(call.account, (account, draft) => {
    if (account.groups.has(keyOf(name))) throw alreadyExists(`Group with name ${name} already exists.`);
    if (account.groups.size >= limits.groupsPerAccount)
      throw quotaExceeded("GroupsPerAccount", limits.groupsPerAccount);
    draft.put("groups", keyOf(name), group);
  });
  return { Group: describeGroup(call.account, group) };
}
