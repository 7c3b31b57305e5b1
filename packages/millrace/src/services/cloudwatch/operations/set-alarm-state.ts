import type { SetAlarmStateInput } from "@aws-sdk/client-cloudwatch";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { withState } from "../alarm-table.ts";
import { alarmNotFound } from "../errors.ts";
import type { CloudwatchState } from "../state.ts";

/** Holds until the alarm is evaluated again. */
export async function setAlarmState(
  state: CloudwatchState,
  input: Input<SetAlarmStateInput>,
  call: Call,
): Promise<void> {
  const { AlarmName, StateValue, StateReason, StateReasonData } = input;
  if (StateReasonData !== undefined && !isJson(StateReasonData))
    throw new ServiceError("InvalidFormatFault", "The parameter StateReasonData must be JSON.");
  const reasonData = StateReasonData === undefined ? {} : { reasonData: StateReasonData };
  const next = { state: StateValue, reason: StateReason, ...reasonData };
  await state.alarms.change(call, AlarmName, (alarm) => {
    if (alarm === undefined) throw alarmNotFound(AlarmName);
    return withState(alarm, next, state.clock.now());
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
