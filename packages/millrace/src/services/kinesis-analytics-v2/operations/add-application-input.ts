import type {
  AddApplicationInputRequest,
  AddApplicationInputResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { sqlSettings, withSqlSettings } from "../applications/sql-settings.ts";
import { checkCount } from "../configuration/new-configuration.ts";
import { newInput } from "../configuration/sql-inputs.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationInput(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationInputRequest>,
  call: Call,
): Promise<AddApplicationInputResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current } }) => {
    const { InputDescriptions: inputs = [] } = sqlSettings(current);
    checkCount("input", inputs.length + 1, limits.inputs);
    const added = newInput(input.Input, `${current.version + 1}.1`);
    return withSqlSettings(current, { InputDescriptions: [...inputs, added] });
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    InputDescriptions: sqlSettings(current).InputDescriptions,
  };
}
