import type { UpdateShardCountInput, UpdateShardCountOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkShardLimit } from "../account-limits.ts";
import { dayMs, type StreamDocument } from "../document.ts";
import { invalidArgument, limitExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { openShards } from "../reshard.ts";
import { checkReshardable } from "../reshard-check.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

export async function updateShardCount(
  state: KinesisState,
  input: Input<UpdateShardCountInput>,
  call: Call,
): Promise<UpdateShardCountOutput> {
  const stream = findStream(state, input, call);
  const nowMs = state.clock.now();
  let current = 0;
  await state.streams.startUpdate(stream, (document) => {
    checkReshardable(document);
    current = openShards(document).length;
    checkTarget(document, current, input.TargetShardCount);
    const recentMs = document.countChangesMs.filter((changedMs) => changedMs > nowMs - dayMs);
    if (recentMs.length >= limits.shardCountChangesPerDay)
      throw limitExceeded(
        `Stream ${document.name} under account ${document.account} has been scaled ${recentMs.length} times in the last 24 hours: the limit is ${limits.shardCountChangesPerDay}.`,
      );
    checkShardLimit(state, input.TargetShardCount - current, document);
    return {
      ...document,
      countChangesMs: [...recentMs, nowMs],
      pending: { kind: "count", target: input.TargetShardCount },
    };
  });
  return {
    StreamName: stream.document.name,
    StreamARN: stream.arn,
    CurrentShardCount: current,
    TargetShardCount: input.TargetShardCount,
  };
}

function checkTarget(document: StreamDocument, current: number, target: number): void {
  const counts = `Current open shard count: ${current} Target shard count: ${target}`;
  if (target > current * 2)
    throw invalidArgument(`UpdateShardCount cannot more than double current open shard count. ${counts}`);
  if (target < current / 2)
    throw invalidArgument(
      `UpdateShardCount cannot reduce current open shard count by more than half. ${counts}`,
    );
  if (target > limits.shardsPerStream)
    throw limitExceeded(
      `Stream ${document.name} cannot be scaled to more than ${limits.shardsPerStream} shards. ${counts}`,
    );
}
