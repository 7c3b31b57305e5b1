import type { DeleteLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";

export async function deleteLogGroup(
  state: LogsState,
  input: Input<DeleteLogGroupRequest>,
  call: Call,
): Promise<void> {
  await state.file.write(() => state.groups.delete(call, input.logGroupName));
}
