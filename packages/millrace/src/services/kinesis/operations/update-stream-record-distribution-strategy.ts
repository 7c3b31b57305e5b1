import type { UpdateStreamRecordDistributionStrategyInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function updateStreamRecordDistributionStrategy(
  state: KinesisState,
  input: Input<UpdateStreamRecordDistributionStrategyInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  await state.streams.change(stream, (document) => {
    requireActive({ document });
    if (document.mode !== "ON_DEMAND" && input.RecordDistributionStrategy === "AUTO")
      throw invalidArgument(
        "RecordDistributionStrategy AUTO is only supported for a stream in ON_DEMAND mode.",
      );
    return { ...document, distribution: input.RecordDistributionStrategy };
  });
}
