import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { parseChannelArn } from "../arn.ts";
import { findChannel } from "../channels/channel-lookup.ts";
import type { KinesisState } from "../state.ts";
import { findResource } from "../stream-lookup.ts";
import { tagList } from "../tags.ts";

export function listTagsForResource(
  state: KinesisState,
  input: Input<ListTagsForResourceInput>,
  call: Call,
): ListTagsForResourceOutput {
  if (parseChannelArn(input.ResourceARN) !== undefined)
    return { Tags: tagList(findChannel(state, input.ResourceARN, call).document.tags) };
  const { stream, consumer } = findResource(state, input.ResourceARN, call);
  return { Tags: tagList((consumer ?? stream.document).tags) };
}
