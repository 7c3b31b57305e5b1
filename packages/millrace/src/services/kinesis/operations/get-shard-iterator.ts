import type { GetShardIteratorInput, GetShardIteratorOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { dryRun } from "../errors.ts";
import { startingOffset } from "../starting-position.ts";
import type { KinesisState } from "../state.ts";
import { findDataStream } from "../stream-lookup.ts";
import { findShard } from "../stream-shard.ts";

export async function getShardIterator(
  state: KinesisState,
  input: Input<GetShardIteratorInput>,
  call: Call,
): Promise<GetShardIteratorOutput> {
  const stream = findDataStream(state, input, call);
  const shard = findShard(stream, input.ShardId);
  const point = {
    type: input.ShardIteratorType,
    sequenceNumber: input.StartingSequenceNumber,
    timestamp: input.Timestamp,
  };
  const nowMs = state.clock.now();
  const offset = await startingOffset(stream, shard, point, { operation: call.operation, nowMs });
  if (input.DryRun) throw dryRun(call.operation);
  return {
    ShardIterator: state.iterators.seal(
      { streamId: stream.document.id, shard: shard.identity.index, offset },
      nowMs,
    ),
  };
}
