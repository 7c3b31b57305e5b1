import type { DecreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { hourMs } from "../document.ts";
import { invalidArgument } from "../errors.ts";
import { checkRetention } from "../retention.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function decreaseStreamRetentionPeriod(
  state: KinesisState,
  input: Input<DecreaseStreamRetentionPeriodInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  const hours = input.RetentionPeriodHours;
  checkRetention(hours);
  await state.streams.change(stream, (document) => {
    requireActive({ document });
    if (document.retentionHours < hours)
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${document.name} can not be longer than existing ` +
          `retention period (${document.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
      );
    // What has expired now stays so, even if the period is made longer again.
    const trimmedBeforeMs = Math.max(document.trimmedBeforeMs, state.clock.now() - hours * hourMs);
    return { ...document, retentionHours: hours, trimmedBeforeMs };
  });
}
