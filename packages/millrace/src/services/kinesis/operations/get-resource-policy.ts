import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceNotFound } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";

export function getResourcePolicy(
  state: KinesisState,
  input: Input<GetResourcePolicyInput>,
  call: Call,
): GetResourcePolicyOutput {
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  const { policy } = consumer ?? stream.document;
  if (policy === undefined) throw resourceNotFound(`No policy found for resource ${input.ResourceARN}.`);
  return { Policy: policy };
}
