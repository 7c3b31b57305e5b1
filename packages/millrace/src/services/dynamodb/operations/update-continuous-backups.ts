import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { describeBackups, findBackupTable } from "../tables/continuous-backups.ts";

const defaultDays = 35;

export async function updateContinuousBackups(
  state: DynamodbState,
  input: Input<UpdateContinuousBackupsInput>,
  call: Call,
): Promise<UpdateContinuousBackupsOutput> {
  const table = findBackupTable(state, input.TableName, call);
  const { PointInTimeRecoveryEnabled: isEnabled, RecoveryPeriodInDays: days } =
    input.PointInTimeRecoverySpecification;
  const nowMs = state.clock.now();
  await state.tables.change(table, ({ recovery, ...document }) => {
    if (!isEnabled) return document;
    const since = recovery?.sinceMs ?? nowMs;
    return { ...document, recovery: { sinceMs: since, days: days ?? recovery?.days ?? defaultDays } };
  });
  return { ContinuousBackupsDescription: describeBackups(table.document, nowMs) };
}
