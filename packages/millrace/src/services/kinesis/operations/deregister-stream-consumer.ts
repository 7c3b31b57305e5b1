import type { DeregisterStreamConsumerInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceInUse } from "../errors.ts";
import { finishConsumer } from "../lifecycle.ts";
import type { KinesisState } from "../state.ts";
import { findConsumer } from "../stream-lookup.ts";

export async function deregisterStreamConsumer(
  state: KinesisState,
  input: Input<DeregisterStreamConsumerInput>,
  call: Call,
): Promise<void> {
  const { stream, consumer, arn } = findConsumer(state, input, call);
  if (consumer.status === "DELETING") throw resourceInUse(`Consumer ${arn} is in state DELETING.`);
  await state.streams.change(stream, (document) => ({
    ...document,
    consumers: document.consumers.map((other) =>
      other.name === consumer.name ? { ...other, status: "DELETING" } : other,
    ),
  }));
  for (const { subscriptions } of stream.shards.values()) subscriptions.get(arn)?.end.end("consumer gone");
  await state.streams.later(() => finishConsumer(state.streams, stream, consumer));
}
