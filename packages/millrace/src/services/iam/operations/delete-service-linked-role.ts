import { randomUUID } from "node:crypto";
import type { DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keyOf } from "../account.ts";
import { invalidInput } from "../errors.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export async function deleteServiceLinkedRole(
  state: IamState,
  input: Input<DeleteServiceLinkedRoleRequest>,
  call: Call,
): Promise<DeleteServiceLinkedRoleResponse> {
  const name = input.RoleName;
  const path = await state.change(call.account, (account, draft) => {
    const role = findHolder(account, { kind: "role", name });
    if (role.linkedService === undefined)
      throw invalidInput(`The role ${name} is not a service-linked role.`);
    draft.remove("roles", keyOf(name));
    return role.path;
  });
  // The role is gone already: the task needs no memory beside its own name.
  return { DeletionTaskId: `task${path}${name}/${randomUUID()}` };
}
