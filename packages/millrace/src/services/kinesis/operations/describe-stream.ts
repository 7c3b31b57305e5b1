import type { DescribeStreamInput, DescribeStreamOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeShard } from "../shard.ts";
import type { KinesisState } from "../state.ts";
import { commonDescription, listedShards, shardIndex } from "../stream-description.ts";
import { findStream } from "../stream-lookup.ts";

/** The most shards in one answer. */
const maxShards = 100;

export function describeStream(
  state: KinesisState,
  input: Input<DescribeStreamInput>,
  call: Call,
): DescribeStreamOutput {
  const { document, arn } = findStream(state, input, call);
  const after =
    input.ExclusiveStartShardId === undefined ? -1 : shardIndex(input.ExclusiveStartShardId, document);
  const listed = listedShards(document).filter(({ index }) => index > after);
  const page = listed.slice(0, Math.min(input.Limit ?? maxShards, maxShards));
  return {
    StreamDescription: {
      StreamName: document.name,
      StreamARN: arn,
      StreamStatus: document.status,
      StreamModeDetails: { StreamMode: document.mode },
      Shards: page.map(describeShard),
      HasMoreShards: page.length < listed.length,
      ...commonDescription(document),
    },
  };
}
