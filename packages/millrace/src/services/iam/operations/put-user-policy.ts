import type { PutUserPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { putInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function putUserPolicy(
  state: IamState,
  input: Input<PutUserPolicyRequest>,
  call: Call,
): Promise<void> {
  await putInlinePolicy(state, call, { kind: "user", name: input.UserName }, input);
}
