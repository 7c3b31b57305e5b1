import type { TagDeliveryStreamInput, TagDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { checkTaggable, withTags } from "../tags.ts";

export async function tagDeliveryStream(
  state: FirehoseState,
  input: Input<TagDeliveryStreamInput>,
  call: Call,
): Promise<TagDeliveryStreamOutput> {
  await state.streams.change(findStream(state, input, call), (document) => {
    checkTaggable(document);
    return { ...document, tags: withTags(document.tags, input.Tags) };
  });
  return {};
}
