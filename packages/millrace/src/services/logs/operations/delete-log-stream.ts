import type { DeleteLogStreamRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";

export async function deleteLogStream(
  state: LogsState,
  input: Input<DeleteLogStreamRequest>,
  call: Call,
): Promise<void> {
  await state.file.write(() => {
    state.groups.deleteStream(state.groups.get(call, input.logGroupName), input.logStreamName);
  });
}
