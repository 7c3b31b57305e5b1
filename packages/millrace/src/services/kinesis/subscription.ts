import type { SubscribeToShardEvent, SubscribeToShardEventStream } from "@aws-sdk/client-kinesis";
import { resourceInUse, resourceNotFound } from "./errors.ts";
import { limits } from "./limits.ts";
import { type ReadResult, readRecords } from "./record-reader.ts";
import { sequenceNumberAt, startingSequenceNumber } from "./sequence-number.ts";
import { childShardsOf, type Shard } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";
import type { ConsumerSeries } from "./stream-counters.ts";
import { checkStreamKey, cipherFailure } from "./stream-encryption.ts";
import type { SubscriptionEnd } from "./subscription-end.ts";
import type { ConsumerTraffic } from "./traffic/consumer-traffic.ts";

export interface Subscription {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly counters: ConsumerSeries;
  readonly reader: ConsumerTraffic;
}

/**
 * The events of one subscription: records as they become durable, at least one event each five seconds, at
 * most five minutes. A closed shard ends with an event that names its children and continues nowhere.
 */
export async function* subscriptionEvents(
  state: KinesisState,
  { stream, shard, counters, reader }: Subscription,
  from: number,
  end: SubscriptionEnd,
): AsyncGenerator<SubscribeToShardEventStream> {
  const { clock } = state;
  const endsMs = clock.now() + limits.subscriptionLifeMs;
  let offset = from;
  let sentMs = clock.now();
  while (end.reason === undefined && clock.now() < endsMs) {
    checkStreamKey(state, stream);
    const read = await readRecords(stream.document, shard, offset, eventLimits, clock.now()).catch(
      (error: unknown) => Promise.reject(cipherFailure(error)),
    );
    offset = read.next;
    if (shard.isEndAt(offset) && read.records.length === 0) {
      yield { SubscribeToShardEvent: lastEvent(stream, shard) };
      return;
    }
    const silentMs = clock.now() - sentMs;
    if (read.records.length > 0 || silentMs >= limits.eventIntervalMs) {
      state.meter.pushed(stream, shard, counters, read, reader);
      sentMs = clock.now();
      yield { SubscribeToShardEvent: eventOf(shard, read, sentMs) };
      continue;
    }
    const restMs = Math.min(limits.eventIntervalMs - silentMs, endsMs - clock.now());
    await end.wait(shard.log, offset, clock, restMs);
  }
  if (end.reason === "taken over")
    throw resourceInUse("Another active subscription exists for this consumer: it took over this one.");
  if (end.reason === "consumer gone")
    throw resourceNotFound("The consumer of this subscription was deregistered.");
  if (end.reason === "stream gone")
    throw resourceNotFound(
      `Stream ${stream.document.name} under account ${stream.document.account} not found.`,
    );
}

const eventLimits = Object.freeze({ maxRecords: limits.getRecordsCount, maxBytes: limits.eventBytes });

function eventOf(shard: Shard, read: ReadResult, nowMs: number): SubscribeToShardEvent {
  return {
    Records: read.records,
    ContinuationSequenceNumber: read.records.at(-1)?.SequenceNumber ?? numberBefore(shard, read.next, nowMs),
    MillisBehindLatest: read.millisBehindLatest,
  };
}

/** A sequence number after which a reader at `offset` goes on. */
function numberBefore(shard: Shard, offset: number, nowMs: number): string {
  return offset === 0
    ? startingSequenceNumber(shard.identity)
    : sequenceNumberAt(shard.identity, offset - 1, nowMs);
}

function lastEvent(stream: Stream, shard: Shard): SubscribeToShardEvent {
  return {
    Records: [],
    // Absent on purpose: that is how a consumer knows that the shard has ended.
    ContinuationSequenceNumber: undefined,
    MillisBehindLatest: 0,
    ChildShards: childShardsOf(shard.identity.index, stream.document.shards),
  };
}
