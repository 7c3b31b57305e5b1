import type { GetResourcePoliciesRequest, GetResourcePoliciesResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";

/** There is one policy at most, so there is never a second page. */
export function getResourcePolicies(
  state: GlueState,
  input: Input<GetResourcePoliciesRequest>,
  call: Call,
): GetResourcePoliciesResponse {
  if (input.NextToken !== undefined) throw invalidInput("The NextToken is invalid.");
  const policy = state.policies.find(call);
  if (policy === undefined) return { GetResourcePoliciesResponseList: [] };
  const { text, hash, createdMs, updatedMs } = policy;
  return {
    GetResourcePoliciesResponseList: [
      {
        PolicyInJson: text,
        PolicyHash: hash,
        CreateTime: new Date(createdMs),
        UpdateTime: new Date(updatedMs),
      },
    ],
  };
}
