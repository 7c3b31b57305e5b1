import type { DeleteRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { LogsState } from "../state.ts";

export async function deleteRetentionPolicy(
  state: LogsState,
  input: Input<DeleteRetentionPolicyRequest>,
  call: Call,
): Promise<void> {
  await state.file.write(() => {
    state.groups.setRetention(state.groups.get(call, input.logGroupName), undefined);
  });
}
