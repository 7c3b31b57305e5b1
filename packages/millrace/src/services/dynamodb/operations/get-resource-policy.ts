import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "@aws-sdk/client-dynamodb";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { policyNotFound } from "../tables/resource-policy.ts";
import { findTableByArn } from "../tables/table-lookup.ts";

export function getResourcePolicy(
  state: DynamodbState,
  input: Input<GetResourcePolicyInput>,
): GetResourcePolicyOutput {
  const { policy } = findTableByArn(state, input.ResourceArn).document;
  if (policy === undefined) throw policyNotFound(input.ResourceArn);
  return { Policy: policy.text, RevisionId: policy.revision };
}
