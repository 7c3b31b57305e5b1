import type { DetachUserPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { detachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function detachUserPolicy(
  state: IamState,
  input: Input<DetachUserPolicyRequest>,
  call: Call,
): Promise<void> {
  await detachPolicy(state, call, { kind: "user", name: input.UserName }, input.PolicyArn);
}
