import type { AddTagsToStreamInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";
import { checkTaggable, withTags } from "../tags.ts";

export async function addTagsToStream(
  state: KinesisState,
  input: Input<AddTagsToStreamInput>,
  call: Call,
): Promise<void> {
  const stream = findStream(state, input, call);
  const { name, account } = stream.document;
  await state.streams.change(stream, (document) => {
    checkTaggable(document);
    return {
      ...document,
      tags: withTags(document.tags, input.Tags, `stream ${name} under account ${account}`),
    };
  });
}
