import type { UpdateRoleRequest, UpdateRoleResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";

export async function updateRole(
  state: IamState,
  input: Input<UpdateRoleRequest>,
  call: Call,
): Promise<UpdateRoleResponse> {
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, (role) => ({
    ...role,
    // As AWS has it, what the call does not give goes back to its default.
    description: input.Description ?? "",
    maxSessionSeconds: input.MaxSessionDuration ?? limits.defaultSessionSeconds,
  }));
  return {};
}
