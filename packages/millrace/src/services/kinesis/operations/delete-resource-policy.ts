import type { DeleteResourcePolicyInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceNotFound } from "../errors.ts";
import { changeResource } from "../resource-document.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";

export async function deleteResourcePolicy(
  state: KinesisState,
  input: Input<DeleteResourcePolicyInput>,
  call: Call,
): Promise<void> {
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  if ((consumer ?? stream.document).policy === undefined)
    throw resourceNotFound(`No policy found for resource ${input.ResourceARN}.`);
  await state.streams.change(stream, (document) =>
    changeResource(document, consumer, ({ policy: _policy, ...rest }) => rest),
  );
}
