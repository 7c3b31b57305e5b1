import type { DescribeDeliveryStreamInput, DescribeDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { FirehoseState } from "../state.ts";
import { describeStream } from "../stream-description.ts";
import { findStream } from "../stream-lookup.ts";

/** There is one destination, which AWS answers whatever ExclusiveStartDestinationId and Limit say. */
export function describeDeliveryStream(
  state: FirehoseState,
  input: Input<DescribeDeliveryStreamInput>,
  call: Call,
): DescribeDeliveryStreamOutput {
  const stream = findStream(state, input, call);
  state.meter.called(stream, call.operation, call.receivedAt);
  return { DeliveryStreamDescription: describeStream(stream) };
}
