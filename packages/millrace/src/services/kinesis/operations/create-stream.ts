import type { CreateStreamInput, StreamMode } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkOnDemandLimit, checkShardLimit } from "../account-limits.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { initialShards } from "../reshard.ts";
import type { KinesisState } from "../state.ts";
import { newStreamId } from "../stream-id.ts";
import { withTags } from "../tags.ts";
import { checkWarmThroughput, warmShards } from "../warm-throughput.ts";

export async function createStream(
  state: KinesisState,
  input: Input<CreateStreamInput>,
  call: Call,
): Promise<void> {
  const mode = input.StreamModeDetails?.StreamMode ?? "PROVISIONED";
  const nowMs = state.clock.now();
  const shardCount = requestedShards(state, input, mode, call);
  await state.streams.create({
    name: input.StreamName,
    account: call.account,
    region: call.region,
    id: newStreamId(),
    createdMs: nowMs,
    status: "CREATING",
    mode,
    shards: initialShards(shardCount, nowMs),
    retentionHours: limits.minRetentionHours,
    trimmedBeforeMs: 0,
    maxRecordKiB: input.MaxRecordSizeInKiB ?? limits.minRecordKiB,
    ...(input.WarmThroughputMiBps === undefined ? {} : { warmThroughputMiBps: input.WarmThroughputMiBps }),
    distribution: input.RecordDistributionStrategy ?? "USER_PARTITION_KEY",
    monitoring: [],
    tags: withTags({}, input.Tags ?? {}, `stream ${input.StreamName} under account ${call.account}`),
    consumers: [],
    countChangesMs: [],
    modeChangesMs: [],
  });
}

function requestedShards(
  state: KinesisState,
  input: Input<CreateStreamInput>,
  mode: StreamMode,
  call: Call,
): number {
  if (mode === "ON_DEMAND") {
    if (input.ShardCount !== undefined)
      throw invalidArgument("ShardCount cannot be specified for a stream in ON_DEMAND mode.");
    checkOnDemandLimit(state, call);
    if (input.WarmThroughputMiBps === undefined) return limits.onDemandStartShards;
    checkWarmThroughput(state, input.WarmThroughputMiBps, call);
    return warmShards(input.WarmThroughputMiBps);
  }
  if (input.WarmThroughputMiBps !== undefined)
    throw invalidArgument("WarmThroughputMiBps can only be specified for a stream in ON_DEMAND mode.");
  if (input.RecordDistributionStrategy === "AUTO")
    throw invalidArgument(
      "RecordDistributionStrategy AUTO is only supported for a stream in ON_DEMAND mode.",
    );
  if (input.ShardCount === undefined)
    throw invalidArgument("ShardCount is required for a stream in PROVISIONED mode.");
  checkShardLimit(state, input.ShardCount, call);
  return input.ShardCount;
}
