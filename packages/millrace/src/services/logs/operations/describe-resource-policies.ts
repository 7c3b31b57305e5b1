import type {
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented } from "../errors.ts";
import type { LogsState } from "../state.ts";

/** An account has so few policies that one page holds them all. */
export function describeResourcePolicies(
  state: LogsState,
  input: Input<DescribeResourcePoliciesRequest>,
  call: Call,
): DescribeResourcePoliciesResponse {
  if (input.resourceArn !== undefined || input.policyScope === "RESOURCE")
    throw notImplemented("DescribeResourcePolicies for a single resource (resourceArn, policyScope)");
  return {
    resourcePolicies: state.policies.list(call).map(({ name, document, updatedMs }) => ({
      policyName: name,
      policyDocument: document,
      lastUpdatedTime: updatedMs,
      policyScope: "ACCOUNT",
    })),
  };
}
