import type {
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
} from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";
import { describeBackups, findBackupTable } from "../tables/continuous-backups.ts";

export function describeContinuousBackups(
  state: DynamodbState,
  input: Input<DescribeContinuousBackupsInput>,
  call: Call,
): DescribeContinuousBackupsOutput {
  const { document } = findBackupTable(state, input.TableName, call);
  return { ContinuousBackupsDescription: describeBackups(document, state.clock.now()) };
}
