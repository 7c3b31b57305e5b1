import type { DeleteResourcePolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, notFound, notImplemented } from "../errors.ts";
import type { LogsState } from "../state.ts";

export async function deleteResourcePolicy(
  state: LogsState,
  input: Input<DeleteResourcePolicyRequest>,
  call: Call,
): Promise<void> {
  const { policyName } = input;
  if (input.resourceArn !== undefined || input.expectedRevisionId !== undefined)
    throw notImplemented("DeleteResourcePolicy for a single resource (resourceArn, expectedRevisionId)");
  if (policyName === undefined) throw invalidParameter("policyName is required.");
  await state.file.write(() => {
    if (!state.policies.delete(call, policyName))
      throw notFound(`Policy with name [${policyName}] does not exist.`);
  });
}
