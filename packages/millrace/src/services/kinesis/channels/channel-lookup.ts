import { formatArn, partitionOf } from "../../../core/arn.ts";
import type { Call } from "../../../gateway/call.ts";
import { parseChannelArn } from "../arn.ts";
import { channelNotFound, invalidArgument } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import type { Channel } from "./channel.ts";

/** The channel of an ARN, in whatever state it is. */
export function findChannel(state: KinesisState, arn: string, call: Call): Channel {
  const address = parseChannelArn(arn);
  if (address === undefined) throw invalidArgument(`${arn} is not the ARN of a channel.`);
  const channel = state.channels.get(address);
  if (channel === undefined) throw channelNotFound(arn, call.account);
  return channel;
}

/** For the policy engine: the channel that an input names, there or not. */
export function channelResource(
  _state: KinesisState,
  input: { readonly ChannelARN: string },
): readonly string[] {
  return [input.ChannelARN];
}

/** For the policy engine: a list of channels is allowed on all streams of the account, as on AWS. */
export function channelListResource(
  _state: KinesisState,
  _input: unknown,
  { account, region }: Call,
): readonly string[] {
  return [
    formatArn({ partition: partitionOf(region), service: "kinesis", region, account, resource: "stream/*" }),
  ];
}
