import type { IncreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { checkRetention } from "../retention.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function increaseStreamRetentionPeriod(
  state: KinesisState,
  input: Input<IncreaseStreamRetentionPeriodInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  const hours = input.RetentionPeriodHours;
  checkRetention(hours);
  await state.streams.change(stream, (document) => {
    requireActive({ document });
    if (document.retentionHours > hours)
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${document.name} can not be shorter than existing ` +
          `retention period (${document.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
      );
    return { ...document, retentionHours: hours };
  });
}
