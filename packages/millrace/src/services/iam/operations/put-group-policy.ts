import type { PutGroupPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { putInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function putGroupPolicy(
  state: IamState,
  input: Input<PutGroupPolicyRequest>,
  call: Call,
): Promise<void> {
  await putInlinePolicy(state, call, { kind: "group", name: input.GroupName }, input);
}
