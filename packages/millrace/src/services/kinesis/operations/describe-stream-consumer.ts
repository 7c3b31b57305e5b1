import type { DescribeStreamConsumerInput, DescribeStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeConsumer } from "../consumer.ts";
import type { KinesisState } from "../state.ts";
import { findConsumer } from "../stream-lookup.ts";

export function describeStreamConsumer(
  state: KinesisState,
  input: Input<DescribeStreamConsumerInput>,
  call: Call,
): DescribeStreamConsumerOutput {
  const { stream, consumer } = findConsumer(state, input, call);
  const { account, region, name } = stream.document;
  return {
    ConsumerDescription: {
      ...describeConsumer({ account, region, stream: name }, consumer),
      StreamARN: stream.arn,
    },
  };
}
