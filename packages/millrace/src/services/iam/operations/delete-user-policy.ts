import type { DeleteUserPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { deleteInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function deleteUserPolicy(
  state: IamState,
  input: Input<DeleteUserPolicyRequest>,
  call: Call,
): Promise<void> {
  await deleteInlinePolicy(state, call, { kind: "user", name: input.UserName }, input.PolicyName);
}
