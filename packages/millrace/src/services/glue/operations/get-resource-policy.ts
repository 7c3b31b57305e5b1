import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogArn } from "../arn.ts";
import { entityNotFound } from "../errors.ts";
import type { GlueState } from "../state.ts";

export function getResourcePolicy(
  state: GlueState,
  input: Input<GetResourcePolicyRequest>,
  call: Call,
): GetResourcePolicyResponse {
  // Only catalogs have policies.
  if (input.ResourceArn !== undefined && input.ResourceArn !== catalogArn(call))
    throw entityNotFound("Policy not found");
  const { text, hash, createdMs, updatedMs } = state.policies.get(call);
  return {
    PolicyInJson: text,
    PolicyHash: hash,
    CreateTime: new Date(createdMs),
    UpdateTime: new Date(updatedMs),
  };
}
