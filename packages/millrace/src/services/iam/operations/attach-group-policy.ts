import type { AttachGroupPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { attachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function attachGroupPolicy(
  state: IamState,
  input: Input<AttachGroupPolicyRequest>,
  call: Call,
): Promise<void> {
  await attachPolicy(state, call, { kind: "group", name: input.GroupName }, input.PolicyArn);
}
