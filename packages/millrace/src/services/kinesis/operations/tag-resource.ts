import type { TagResourceInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parseChannelArn } from "../arn.ts";
import { changeChannelTags } from "../channels/channel-tags.ts";
import { changeResource } from "../resource-document.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";
import { checkTaggable, withTags } from "../tags.ts";

export async function tagResource(
  state: KinesisState,
  input: Input<TagResourceInput>,
  call: Call,
): Promise<void> {
  if (parseChannelArn(input.ResourceARN) !== undefined)
    return changeChannelTags(state, input.ResourceARN, call, (tags) =>
      withTags(tags, input.Tags, `resource ${input.ResourceARN}`),
    );
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  await state.streams.change(stream, (document) => {
    checkTaggable(document);
    return changeResource(document, consumer, (tagged) => ({
      ...tagged,
      tags: withTags(tagged.tags, input.Tags, `resource ${input.ResourceARN}`),
    }));
  });
}
