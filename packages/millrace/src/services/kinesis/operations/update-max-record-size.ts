import type { UpdateMaxRecordSizeInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function updateMaxRecordSize(
  state: KinesisState,
  input: Input<UpdateMaxRecordSizeInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  await state.streams.startUpdate(stream, (document) => {
    requireActive({ document });
    return { ...document, maxRecordKiB: input.MaxRecordSizeInKiB, pending: { kind: "settings" } };
  });
}
