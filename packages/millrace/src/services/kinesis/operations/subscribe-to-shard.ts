import type {
  SubscribeToShardEventStream,
  SubscribeToShardInput,
  SubscribeToShardOutput,
} from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { dryRun, resourceInUse } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Shard } from "../shard.ts";
import { startingOffset } from "../starting-position.ts";
import type { KinesisState } from "../state.ts";
import { checkStreamKey } from "../stream-encryption.ts";
import { findConsumer } from "../stream-lookup.ts";
import { findShard } from "../stream-shard.ts";
import { subscriptionEvents } from "../subscription.ts";
import { SubscriptionEnd } from "../subscription-end.ts";

export async function subscribeToShard(
  state: KinesisState,
  input: Input<SubscribeToShardInput>,
  call: Call,
): Promise<SubscribeToShardOutput> {
  const { stream, consumer, arn } = findConsumer(state, input, call);
  if (consumer.status !== "ACTIVE")
    throw resourceInUse(`Consumer ${arn} is not ACTIVE, instead in state ${consumer.status}`);
  const shard = findShard(stream, input.ShardId);
  const { Type: type, SequenceNumber: sequenceNumber, Timestamp: timestamp } = input.StartingPosition;
  const nowMs = state.clock.now();
  const offset = await startingOffset(
    stream,
    shard,
    { type, sequenceNumber, timestamp },
    { operation: call.operation, nowMs },
  );
  checkStreamKey(state, stream);
  if (input.DryRun) throw dryRun(call.operation);
  const counters = state.meter.consumer(stream, consumer.name);
  const end = takeOver(shard, arn, nowMs);
  if (end === undefined) {
    state.meter.subscriptionRefused(counters);
    throw resourceInUse(
      `Another active subscription exists for this consumer: ${arn} and shard: ${shard.id}`,
    );
  }
  state.meter.subscribed(counters);
  const reader = state.meter.subscriber(stream, consumer.name, arn, call);
  const forget = (): void => {
    if (shard.subscriptions.get(arn)?.end === end) shard.subscriptions.delete(arn);
  };
  const leave = (): void => {
    end.end("client left");
    forget();
  };
  // Here and not in the generator, which never begins when the client leaves before its first event.
  call.signal.addEventListener("abort", leave, { once: true });
  if (call.signal.aborted) leave();
  const events = subscriptionEvents(state, { stream, shard, counters, reader }, offset, end);
  return {
    EventStream: withCleanup(events, () => {
      call.signal.removeEventListener("abort", leave);
      forget();
    }),
  };
}

/**
 * One subscription for a consumer and shard: a second one is refused for five seconds, then replaces the
 * first. Undefined when it is refused.
 */
function takeOver(shard: Shard, consumerArn: string, nowMs: number): SubscriptionEnd | undefined {
  const running = shard.subscriptions.get(consumerArn);
  if (running !== undefined && nowMs - running.startedMs < limits.resubscribeAfterMs) return undefined;
  running?.end.end("taken over");
  const end = new SubscriptionEnd();
  shard.subscriptions.set(consumerArn, { startedMs: nowMs, end });
  return end;
}

async function* withCleanup(
  events: AsyncGenerator<SubscribeToShardEventStream>,
  cleanup: () => void,
): AsyncGenerator<SubscribeToShardEventStream> {
  try {
    yield* events;
  } finally {
    cleanup();
  }
}
