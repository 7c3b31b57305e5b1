import type { CreateLogStreamRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";

export async function createLogStream(
  state: LogsState,
  input: Input<CreateLogStreamRequest>,
  call: Call,
): Promise<void> {
  await state.file.write(() => {
    const group = state.groups.get(call, input.logGroupName);
    state.groups.createStream(group, input.logStreamName, state.clock.now());
  });
}
