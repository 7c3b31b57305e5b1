import type { EnhancedMonitoringOutput, MetricsName } from "@aws-sdk/client-kinesis";
import type { Call } from "../../gateway/call.ts";
import type { KinesisState } from "./state.ts";
import { findActiveStream, requireActive, type StreamReference } from "./stream-lookup.ts";

const allMetrics: readonly MetricsName[] = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "OutgoingBytes",
  "OutgoingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
];

/** Switches shard-level metrics; `ALL` stands for each of them. */
export async function changeMonitoring(
  state: KinesisState,
  input: StreamReference & { readonly ShardLevelMetrics: readonly MetricsName[] },
  call: Call,
  change: (current: readonly MetricsName[], named: readonly MetricsName[]) => readonly MetricsName[],
): Promise<EnhancedMonitoringOutput> {
  const stream = findActiveStream(state, input, call);
  const named = input.ShardLevelMetrics.includes("ALL") ? allMetrics : input.ShardLevelMetrics;
  let before: readonly MetricsName[] = [];
  await state.streams.change(stream, (document) => {
    requireActive({ document });
    before = document.monitoring;
    return { ...document, monitoring: [...change(before, named)].sort() };
  });
  return {
    StreamName: stream.document.name,
    StreamARN: stream.arn,
    CurrentShardLevelMetrics: [...before],
    DesiredShardLevelMetrics: [...stream.document.monitoring],
  };
}
