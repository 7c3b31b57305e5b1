import type { DetachRolePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { detachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function detachRolePolicy(
  state: IamState,
  input: Input<DetachRolePolicyRequest>,
  call: Call,
): Promise<void> {
  await detachPolicy(state, call, { kind: "role", name: input.RoleName }, input.PolicyArn);
}
