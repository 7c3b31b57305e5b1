import type { DeleteChannelInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findChannel } from "../channels/channel-lookup.ts";
import type { KinesisState } from "../state.ts";

/** As on AWS, what is not delivered yet is not delivered any more. */
export async function deleteChannel(
  state: KinesisState,
  input: Input<DeleteChannelInput>,
  call: Call,
): Promise<void> {
  const channel = findChannel(state, input.ChannelARN, call);
  if (channel.document.status === "DELETING") return;
  await state.channels.change(channel, (document) => ({ ...document, status: "DELETING" }));
  state.channelLifecycle.finishLater(channel);
}
