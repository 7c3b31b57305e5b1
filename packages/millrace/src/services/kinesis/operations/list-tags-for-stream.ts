import type { ListTagsForStreamInput, ListTagsForStreamOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { limits } from "../limits.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { tagList } from "../tags.ts";

export function listTagsForStream(
  state: KinesisState,
  input: Input<ListTagsForStreamInput>,
  call: Call,
): ListTagsForStreamOutput {
  const { tags } = findStream(state, input, call).document;
  const after = input.ExclusiveStartTagKey ?? "";
  const rest = tagList(tags).filter(({ Key }) => Key > after);
  const page = rest.slice(0, input.Limit ?? limits.tagsPerResource);
  return { Tags: page, HasMoreTags: page.length < rest.length };
}
