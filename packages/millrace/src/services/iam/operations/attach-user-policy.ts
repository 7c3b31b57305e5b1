import type { AttachUserPolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { attachPolicy } from "../attachments.ts";
import type { IamState } from "../state.ts";

export async function attachUserPolicy(
  state: IamState,
  input: Input<AttachUserPolicyRequest>,
  call: Call,
): Promise<void> {
  await attachPolicy(state, call, { kind: "user", name: input.UserName }, input.PolicyArn);
}
