import type { DeleteRolePermissionsBoundaryRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { noBoundary } from "../removal.ts";
import type { IamState } from "../state.ts";

export async function deleteRolePermissionsBoundary(
  state: IamState,
  input: Input<DeleteRolePermissionsBoundaryRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, ({ boundary, ...role }) => {
    if (boundary === undefined) throw noBoundary("Role", role.name);
    return role;
  });
}
