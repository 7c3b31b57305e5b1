import type {
  DeleteApplicationOutputRequest,
  DeleteApplicationOutputResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { sqlSettings, withSqlSettings } from "../applications/sql-settings.ts";
import { partNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function deleteApplicationOutput(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationOutputRequest>,
  call: Call,
): Promise<DeleteApplicationOutputResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current, name } }) => {
    const { OutputDescriptions: outputs = [] } = sqlSettings(current);
    const left = outputs.filter(({ OutputId: id }) => id !== input.OutputId);
    if (left.length === outputs.length) throw partNotFound("Output", input.OutputId, name);
    return withSqlSettings(current, { OutputDescriptions: left });
  });
  return { ApplicationARN: application.arn, ApplicationVersionId: application.document.current.version };
}
