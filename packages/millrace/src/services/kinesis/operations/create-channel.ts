import type { CreateChannelInput, CreateChannelOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeChannelOf } from "../channels/channel-description.ts";
import { requestedChannel, requestedStream } from "../channels/channel-request.ts";
import { invalidArgument, limitExceeded, validation } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function createChannel(
  state: KinesisState,
  input: Input<CreateChannelInput>,
  call: Call,
): Promise<CreateChannelOutput> {
  const { StreamARN } = requestedStream(input);
  const stream = findActiveStream(state, { StreamARN }, call);
  const { account, region } = stream.document;
  if (account !== call.account || region !== call.region)
    throw invalidArgument("A channel and its stream must be in the same account and region.");
  const document = requestedChannel(input, stream, call, state.clock.now());
  if (document.keyId !== undefined) await state.keys.check(document.keyId, call);
  // In turn with the stream's own changes: it must not be deleted meanwhile, nor get two channels.
  const channel = await stream.changes.run(async () => {
    checkStream(state, stream);
    return state.channels.create(document);
  });
  state.channelLifecycle.finishLater(channel);
  return { ChannelDescription: describeChannelOf(channel) };
}

function checkStream(state: KinesisState, stream: Stream): void {
  const { name, account, mode, createdMs } = stream.document;
  requireActive(stream);
  if (mode !== "ON_DEMAND")
    throw validation(`Stream ${name} under account ${account} is not in ON_DEMAND mode: channels need it.`);
  if (state.channels.ofStream(stream.arn, createdMs).length > 0)
    throw limitExceeded(
      `Stream ${name} under account ${account} has a channel to a general purpose S3 bucket: it cannot have more than one.`,
    );
}
