import type { DescribeLimitsInput, DescribeLimitsOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { onDemandStreams, provisionedShards } from "../account-limits.ts";
import { limits } from "../limits.ts";
import type { KinesisState } from "../state.ts";

export function describeLimits(
  state: KinesisState,
  _input: Input<DescribeLimitsInput>,
  call: Call,
): DescribeLimitsOutput {
  return {
    ShardLimit: state.settings.shardLimit,
    OpenShardCount: provisionedShards(state, call),
    OnDemandStreamCount: onDemandStreams(state, call),
    OnDemandStreamCountLimit: limits.onDemandStreams,
    ChannelCount: state.channels.list(call).length,
    ChannelCountLimit: limits.onDemandStreams * limits.channelsPerStream,
  };
}
