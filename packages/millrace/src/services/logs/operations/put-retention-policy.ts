import type { PutRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter } from "../errors.ts";
import { retentionDays } from "../limits.ts";
import type { LogsState } from "../state.ts";

export async function putRetentionPolicy(
  state: LogsState,
  input: Input<PutRetentionPolicyRequest>,
  call: Call,
): Promise<void> {
  const { logGroupName, retentionInDays } = input;
  if (!retentionDays.includes(retentionInDays))
    throw invalidParameter(
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
    );
  await state.file.write(() => {
    state.groups.setRetention(state.groups.get(call, logGroupName), retentionInDays);
  });
}
