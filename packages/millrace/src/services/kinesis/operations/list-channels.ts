import type { ListChannelsInput, ListChannelsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Channel } from "../channels/channel.ts";
import { summarizeChannel } from "../channels/channel-description.ts";
import { limits } from "../limits.ts";
import { openPage, sealPage } from "../page.ts";
import type { KinesisState } from "../state.ts";

type Filters = Input<ListChannelsInput>["StreamFilter"];

export function listChannels(
  state: KinesisState,
  input: Input<ListChannelsInput>,
  call: Call,
): ListChannelsOutput {
  const after =
    input.NextToken === undefined
      ? ""
      : openPage<{ readonly after: string }>(state, call, input.NextToken).after;
  const rest = state.channels
    .list(call)
    .filter((channel) => channel.document.name > after && isWanted(channel, input.StreamFilter));
  const page = rest.slice(0, Math.min(input.MaxResults ?? limits.channelsPerPage, limits.channelsPerPage));
  const last = page.at(-1)?.document.name;
  return {
    ChannelSummaries: page.map(summarizeChannel),
    ...(last !== undefined && page.length < rest.length
      ? { NextToken: sealPage(state, call, { after: last }) }
      : {}),
  };
}

/** Clients send what they were told of a time with the precision of their own clock type. */
function isWanted({ document }: Channel, filters: Filters): boolean {
  if (filters === undefined) return true;
  const createdSeconds = Math.floor(document.streamCreatedMs / 1_000);
  return filters.some(({ StreamARN, StreamCreationTimestamp: created }) => {
    if (StreamARN !== document.streamArn) return false;
    return created === undefined || Math.floor(created.getTime() / 1_000) === createdSeconds;
  });
}
