import type { PutRolePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { putInlinePolicy } from "../inline-policies.ts";
import type { IamState } from "../state.ts";

export async function putRolePolicy(
  state: IamState,
  input: Input<PutRolePolicyRequest>,
  call: Call,
): Promise<void> {
  await putInlinePolicy(state, call, { kind: "role", name: input.RoleName }, input);
}
