import type { UntagDeliveryStreamInput, UntagDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { checkTaggable, withoutTags } from "../tags.ts";

export async function untagDeliveryStream(
  state: FirehoseState,
  input: Input<UntagDeliveryStreamInput>,
  call: Call,
): Promise<UntagDeliveryStreamOutput> {
  await state.streams.change(findStream(state, input, call), (document) => {
    checkTaggable(document);
    return { ...document, tags: withoutTags(document.tags, input.TagKeys) };
  });
  return {};
}
