import type {
  ListTagsForDeliveryStreamInput,
  ListTagsForDeliveryStreamOutput,
} from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { tagList } from "../tags.ts";

export function listTagsForDeliveryStream(
  state: FirehoseState,
  input: Input<ListTagsForDeliveryStreamInput>,
  call: Call,
): ListTagsForDeliveryStreamOutput {
  const { tags } = findStream(state, input, call).document;
  const after = input.ExclusiveStartTagKey ?? "";
  const rest = tagList(tags).filter(({ Key }) => Key > after);
  const page = rest.slice(0, input.Limit ?? limits.tagsPerStream);
  return { Tags: page, HasMoreTags: page.length < rest.length };
}
