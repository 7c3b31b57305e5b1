import type { DeleteResourcePolicyRequest, DeleteResourcePolicyResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogArn } from "../arn.ts";
import { entityNotFound } from "../errors.ts";
import { checkConditions } from "../policies/policies.ts";
import type { GlueState } from "../state.ts";

export async function deleteResourcePolicy(
  state: GlueState,
  input: Input<DeleteResourcePolicyRequest>,
  call: Call,
): Promise<DeleteResourcePolicyResponse> {
  if (input.ResourceArn !== undefined && input.ResourceArn !== catalogArn(call))
    throw entityNotFound("Policy not found");
  const { policies } = state;
  await policies.table.change(async () => {
    const current = policies.get(call);
    checkConditions(current, input);
    await policies.table.remove([current]);
  });
  return {};
}
