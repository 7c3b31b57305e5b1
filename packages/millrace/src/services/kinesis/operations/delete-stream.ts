import type { DeleteStreamInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceInUse, streamNotActive } from "../errors.ts";
import { finishStream } from "../lifecycle.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

export async function deleteStream(
  state: KinesisState,
  input: Input<DeleteStreamInput>,
  call: Call,
): Promise<void> {
  const stream = findStream(state, input, call);
  await state.streams.change(stream, (document) => {
    const { name, account, status } = document;
    if (status === "DELETING") throw streamNotActive(name, account, status);
    if (document.consumers.length > 0 && input.EnforceConsumerDeletion !== true)
      throw resourceInUse(
        `Stream ${name} under account ${account} has registered consumers: remove them first, or set EnforceConsumerDeletion.`,
      );
    const channels = state.channels.ofStream(stream.arn, document.createdMs);
    if (channels.some((channel) => channel.document.status !== "FAILED"))
      throw resourceInUse(`Stream ${name} under account ${account} has active channels: delete them first.`);
    return { ...document, status: "DELETING" };
  });
  await state.streams.later(() => finishStream(state.streams, stream, state.clock.now()));
}
