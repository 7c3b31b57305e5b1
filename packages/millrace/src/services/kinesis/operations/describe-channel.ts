import type { DescribeChannelInput, DescribeChannelOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeChannelOf } from "../channels/channel-description.ts";
import { findChannel } from "../channels/channel-lookup.ts";
import type { KinesisState } from "../state.ts";

export function describeChannel(
  state: KinesisState,
  input: Input<DescribeChannelInput>,
  call: Call,
): DescribeChannelOutput {
  return { ChannelDescription: describeChannelOf(findChannel(state, input.ChannelARN, call)) };
}
