import type { PutResourcePolicyInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeResource } from "../resource-document.ts";
import { checkPolicy } from "../resource-policy.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";

export async function putResourcePolicy(
  state: KinesisState,
  input: Input<PutResourcePolicyInput>,
  call: Call,
): Promise<void> {
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  checkPolicy(input.Policy);
  await state.streams.change(stream, (document) =>
    changeResource(document, consumer, (resource) => ({ ...resource, policy: input.Policy })),
  );
}
