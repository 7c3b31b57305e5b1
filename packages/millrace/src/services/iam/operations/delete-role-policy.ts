import type { DeleteRolePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { deleteInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function deleteRolePolicy(
  state: IamState,
  input: Input<DeleteRolePolicyRequest>,
  call: Call,
): Promise<void> {
  await deleteInlinePolicy(state, call, { kind: "role", name: input.RoleName }, input.PolicyName);
}
