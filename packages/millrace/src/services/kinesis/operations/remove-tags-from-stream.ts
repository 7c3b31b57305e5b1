import type { RemoveTagsFromStreamInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { checkTaggable, withoutTags } from "../tags.ts";

export async function removeTagsFromStream(
  state: KinesisState,
  input: Input<RemoveTagsFromStreamInput>,
  call: Call,
): Promise<void> {
  const stream = findStream(state, input, call);
  await state.streams.change(stream, (document) => {
    checkTaggable(document);
    return { ...document, tags: withoutTags(document.tags, input.TagKeys) };
  });
}
