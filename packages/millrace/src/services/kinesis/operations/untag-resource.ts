import type { UntagResourceInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parseChannelArn } from "../arn.ts";
import { changeChannelTags } from "../channels/channel-tags.ts";
import { changeResource } from "../resource-document.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";
import { checkTaggable, withoutTags } from "../tags.ts";

export async function untagResource(
  state: KinesisState,
  input: Input<UntagResourceInput>,
  call: Call,
): Promise<void> {
  if (parseChannelArn(input.ResourceARN) !== undefined)
    return changeChannelTags(state, input.ResourceARN, call, (tags) => withoutTags(tags, input.TagKeys));
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  await state.streams.change(stream, (document) => {
    checkTaggable(document);
    return changeResource(document, consumer, (tagged) => ({
      ...tagged,
      tags: withoutTags(tagged.tags, input.TagKeys),
    }));
  });
}
