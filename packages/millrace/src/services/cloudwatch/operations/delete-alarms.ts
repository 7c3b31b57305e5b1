import type { DeleteAlarmsInput } from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { AlarmHistoryRow } from "../alarm.ts";
import { alarmNotFound } from "../errors.ts";
import type { CloudwatchState } from "../state.ts";

/** Deletes all the alarms that are named, or none when one of them is not there. */
export async function deleteAlarms(
  state: CloudwatchState,
  input: Input<DeleteAlarmsInput>,
  call: Call,
): Promise<void> {
  const names = [...new Set(input.AlarmNames)];
  const timeMs = state.clock.now();
  const data = JSON.stringify({ version: "1.0", type: "Delete" });
  const history = names.map(
    (name): AlarmHistoryRow => ({
      name,
      timeMs,
      type: "ConfigurationUpdate",
      summary: `Alarm "${name}" deleted`,
      data,
    }),
  );
  await state.alarms.delete(call, history, () => {
    for (const name of names) if (state.alarms.get(call, name) === undefined) throw alarmNotFound(name);
  });
}
