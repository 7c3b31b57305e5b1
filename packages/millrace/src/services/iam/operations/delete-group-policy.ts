import type { DeleteGroupPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { deleteInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function deleteGroupPolicy(
  state: IamState,
  input: Input<DeleteGroupPolicyRequest>,
  call: Call,
): Promise<void> {
  await deleteInlinePolicy(state, call, { kind: "group", name: input.GroupName }, input.PolicyName);
}
