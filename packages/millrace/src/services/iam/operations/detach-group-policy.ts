import type { DetachGroupPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { detachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function detachGroupPolicy(
  state: IamState,
  input: Input<DetachGroupPolicyRequest>,
  call: Call,
): Promise<void> {
  await detachPolicy(state, call, { kind: "group", name: input.GroupName }, input.PolicyArn);
}
