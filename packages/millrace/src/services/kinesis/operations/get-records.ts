import type { GetRecordsInput, GetRecordsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { dryRun, expiredIterator, invalidArgument, resourceNotFound, throughputExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { readRecords } from "../record-reader.ts";
import { childShardsOf, type Shard } from "../shard.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { checkStreamKey, cipherFailure } from "../stream-encryption.ts";

export async function getRecords(
  state: KinesisState,
  input: Input<GetRecordsInput>,
  call: Call,
): Promise<GetRecordsOutput> {
  const nowMs = state.clock.now();
  const { stream, shard, offset } = openIterator(state, input, call, nowMs);
  const { document, throughput } = stream;
  if (input.DryRun) throw dryRun(call.operation);
  if (!shard.throughput.mayRead(throughput)) {
    state.meter.throttledRead(stream, shard, call);
    throw throughputExceeded(shard.id, document.name, document.account);
  }
  const maxRecords = input.Limit ?? limits.getRecordsCount;
  checkStreamKey(state, stream);
  const read = await readRecords(
    document,
    shard,
    offset,
    { maxRecords, maxBytes: limits.getRecordsBytes },
    nowMs,
  ).catch((error: unknown) => Promise.reject(cipherFailure(error)));
  shard.throughput.didRead(throughput, read.bytes);
  state.meter.got(stream, shard, call.receivedAt, read, call);
  const { records: Records, millisBehindLatest: MillisBehindLatest } = read;
  if (shard.isEndAt(read.next))
    return {
      Records,
      MillisBehindLatest,
      ChildShards: childShardsOf(shard.identity.index, stream.document.shards),
    };
  const next = { streamId: document.id, shard: shard.identity.index, offset: read.next };
  return { Records, MillisBehindLatest, NextShardIterator: state.iterators.seal(next, state.clock.now()) };
}

interface OpenPosition {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly offset: number;
}

function openIterator(
  state: KinesisState,
  input: Input<GetRecordsInput>,
  call: Call,
  nowMs: number,
): OpenPosition {
  const opened = state.iterators.open(input.ShardIterator);
  if (opened === undefined) throw invalidArgument("Invalid ShardIterator.");
  if (nowMs - opened.createdMs > limits.iteratorLifeMs) throw expiredIterator(opened.createdMs, nowMs);
  const stream = state.streams.byId(opened.streamId);
  const shard = stream?.shards.get(opened.shard);
  if (stream === undefined || shard === undefined)
    throw resourceNotFound(`The shard of this ShardIterator under account ${call.account} does not exist`);
  if (input.StreamARN !== undefined && input.StreamARN !== stream.arn)
    throw invalidArgument("The StreamARN is not that of the stream that the ShardIterator was made for.");
  return { stream, shard, offset: opened.offset };
}
