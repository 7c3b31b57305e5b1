import type { CreateLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented } from "../errors.ts";
import type { LogsState } from "../state.ts";
import { checkTags } from "../tags.ts";

export async function createLogGroup(
  state: LogsState,
  input: Input<CreateLogGroupRequest>,
  call: Call,
): Promise<void> {
  const { logGroupName, logGroupClass = "STANDARD", tags = {} } = input;
  if (input.kmsKeyId !== undefined) throw notImplemented("CreateLogGroup with kmsKeyId");
  if (input.deletionProtectionEnabled) throw notImplemented("CreateLogGroup with deletionProtectionEnabled");
  if (logGroupClass !== "STANDARD")
    throw notImplemented(`CreateLogGroup with logGroupClass ${logGroupClass}`);
  checkTags(tags, logGroupName);
  await state.file.write(() => state.groups.create(call, logGroupName, tags, state.clock.now()));
}
