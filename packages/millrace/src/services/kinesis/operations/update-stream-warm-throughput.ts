import type {
  UpdateStreamWarmThroughputInput,
  UpdateStreamWarmThroughputOutput,
} from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";
import { checkWarmThroughput, describeWarmThroughput, warmShards } from "../warm-throughput.ts";

export async function updateStreamWarmThroughput(
  state: KinesisState,
  input: Input<UpdateStreamWarmThroughputInput>,
  call: Call,
): Promise<UpdateStreamWarmThroughputOutput> {
  const stream = findActiveStream(state, input, call);
  const warmThroughputMiBps = input.WarmThroughputMiBps;
  await state.streams.startUpdate(stream, (document) => {
    requireActive({ document });
    if (document.mode !== "ON_DEMAND")
      throw invalidArgument(
        `Stream ${document.name} under account ${document.account} is not in ON_DEMAND mode.`,
      );
    checkWarmThroughput(state, warmThroughputMiBps, document);
    return {
      ...document,
      warmThroughputMiBps,
      pending: { kind: "count", target: warmShards(warmThroughputMiBps) },
    };
  });
  return {
    StreamName: stream.document.name,
    StreamARN: stream.arn,
    WarmThroughput: describeWarmThroughput(stream.document),
  };
}
