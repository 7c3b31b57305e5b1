import type { PutRolePermissionsBoundaryRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { attachable } from "../policies.ts";
import type { IamState } from "../state.ts";

export async function putRolePermissionsBoundary(
  state: IamState,
  input: Input<PutRolePermissionsBoundaryRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, (role, account) => ({
    ...role,
    boundary: attachable(state, account, input.PermissionsBoundary).arn,
  }));
}
