import type { AttachRolePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { attachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function attachRolePolicy(
  state: IamState,
  input: Input<AttachRolePolicyRequest>,
  call: Call,
): Promise<void> {
  await attachPolicy(state, call, { kind: "role", name: input.RoleName }, input.PolicyArn);
}
