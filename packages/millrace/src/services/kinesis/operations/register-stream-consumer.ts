import type { RegisterStreamConsumerInput, RegisterStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeConsumer } from "../consumer.ts";
import type { ConsumerDocument, StreamDocument } from "../document.ts";
import { limitExceeded, resourceInUse } from "../errors.ts";
import { finishConsumer } from "../lifecycle.ts";
import { limits } from "../limits.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";
import { withTags } from "../tags.ts";

export async function registerStreamConsumer(
  state: KinesisState,
  input: Input<RegisterStreamConsumerInput>,
  call: Call,
): Promise<RegisterStreamConsumerOutput> {
  const stream = findActiveStream(state, input, call);
  const { account, region } = stream.document;
  const consumer: ConsumerDocument = {
    name: input.ConsumerName,
    createdSeconds: Math.floor(state.clock.now() / 1000),
    status: "CREATING",
    tags: withTags({}, input.Tags ?? {}, `consumer ${input.ConsumerName} under account ${account}`),
  };
  await state.streams.change(stream, (document) => {
    requireActive({ document });
    checkRoom(state, document, consumer);
    return { ...document, consumers: [...document.consumers, consumer] };
  });
  await state.streams.later(() => finishConsumer(state.streams, stream, consumer));
  return { Consumer: describeConsumer({ account, region, stream: stream.document.name }, consumer) };
}

function checkRoom(state: KinesisState, document: StreamDocument, consumer: ConsumerDocument): void {
  const { name, account, consumers } = document;
  if (consumers.some((other) => other.name === consumer.name))
    throw resourceInUse(
      `Consumer ${consumer.name} of stream ${name} under account ${account} already exists.`,
    );
  const isCommitted =
    state.accounts.get(account, document.region).status !== "DISABLED" && document.mode === "ON_DEMAND";
  const limit = isCommitted ? limits.consumersPerCommittedOnDemandStream : limits.consumersPerStream;
  if (consumers.length >= limit)
    throw limitExceeded(
      `Stream ${name} under account ${account} has reached its limit of ${limit} consumers.`,
    );
  if (consumers.filter(({ status }) => status === "CREATING").length >= limits.consumersCreatingAtOnce)
    throw limitExceeded(
      `Stream ${name} under account ${account} has ${limits.consumersCreatingAtOnce} consumers in state CREATING.`,
    );
}
