import type {
  AddApplicationOutputRequest,
  AddApplicationOutputResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { sqlSettings, withSqlSettings } from "../applications/sql-settings.ts";
import { checkCount } from "../configuration/new-configuration.ts";
import { newOutput } from "../configuration/sql-outputs.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationOutput(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationOutputRequest>,
  call: Call,
): Promise<AddApplicationOutputResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current } }) => {
    const { OutputDescriptions: outputs = [] } = sqlSettings(current);
    checkCount("output", outputs.length + 1, limits.outputs);
    const added = newOutput(input.Output, `${current.version + 1}.1`);
    return withSqlSettings(current, { OutputDescriptions: [...outputs, added] });
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    OutputDescriptions: sqlSettings(current).OutputDescriptions,
  };
}
