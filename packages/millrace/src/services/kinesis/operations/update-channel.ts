import type { UpdateChannelInput, UpdateChannelOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeChannelOf } from "../channels/channel-description.ts";
import { findChannel } from "../channels/channel-lookup.ts";
import { checkFreshness, mergedLogging, tablesNotSupported } from "../channels/channel-request.ts";
import { invalidArgument, resourceInUse } from "../errors.ts";
import type { KinesisState } from "../state.ts";

export async function updateChannel(
  state: KinesisState,
  input: Input<UpdateChannelInput>,
  call: Call,
): Promise<UpdateChannelOutput> {
  const { S3DestinationConfiguration: destination, LoggingConfiguration: logging } = input;
  const channel = findChannel(state, input.ChannelARN, call);
  if (input.S3TablesDestinationConfiguration !== undefined) throw tablesNotSupported();
  if (destination === undefined && logging === undefined)
    throw invalidArgument("Either S3DestinationConfiguration or LoggingConfiguration must be specified.");
  if (destination !== undefined) checkFreshness(destination.DataFreshnessInSeconds);
  await state.channels.change(channel, (document) => {
    const { name, account, status } = document;
    if (status !== "ACTIVE")
      throw resourceInUse(`Channel ${name} under account ${account} not ACTIVE, instead in state ${status}`);
    return {
      ...document,
      status: "UPDATING",
      freshnessSeconds: destination?.DataFreshnessInSeconds ?? document.freshnessSeconds,
      logging: mergedLogging(document.logging, logging?.CloudWatchLogs, document),
    };
  });
  state.channelLifecycle.finishLater(channel);
  return { ChannelDescription: describeChannelOf(channel) };
}
