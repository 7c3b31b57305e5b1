import type { DescribeStreamSummaryInput, DescribeStreamSummaryOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { openShards } from "../reshard.ts";
import type { KinesisState } from "../state.ts";
import { commonDescription } from "../stream-description.ts";
import { findStream } from "../stream-lookup.ts";
import { describeWarmThroughput } from "../warm-throughput.ts";

export function describeStreamSummary(
  state: KinesisState,
  input: Input<DescribeStreamSummaryInput>,
  call: Call,
): DescribeStreamSummaryOutput {
  const { document, arn } = findStream(state, input, call);
  return {
    StreamDescriptionSummary: {
      StreamName: document.name,
      StreamARN: arn,
      // No StreamId: AWS has it reserved. Java SDKs that are told one leave a custom endpoint for a host made of it.
      StreamStatus: document.status,
      StreamModeDetails: { StreamMode: document.mode },
      ...commonDescription(document),
      OpenShardCount: document.status === "CREATING" ? 0 : openShards(document).length,
      ConsumerCount: document.consumers.length,
      MaxRecordSizeInKiB: document.maxRecordKiB,
      ChannelCount: state.channels.ofStream(arn, document.createdMs).length,
      ...(document.mode === "ON_DEMAND" ? { RecordDistributionStrategy: document.distribution } : {}),
      ...(document.warmThroughputMiBps === undefined
        ? {}
        : { WarmThroughput: describeWarmThroughput(document) }),
    },
  };
}
