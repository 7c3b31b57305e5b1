import type {
  AddApplicationInputProcessingConfigurationRequest,
  AddApplicationInputProcessingConfigurationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { inputOf, withInput } from "../applications/sql-settings.ts";
import { describedProcessing } from "../configuration/sql-inputs.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationInputProcessingConfiguration(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationInputProcessingConfigurationRequest>,
  call: Call,
): Promise<AddApplicationInputProcessingConfigurationResponse> {
  const described = describedProcessing(input.InputProcessingConfiguration);
  const { application } = await changeVersion(state, call, input, ({ document: { current, name } }) => {
    const before = inputOf(current, input.InputId, name);
    if (before.InputProcessingConfigurationDescription !== undefined)
      throw invalidArgument(`Input ${input.InputId} has an InputProcessingConfiguration already.`);
    return withInput(current, { ...before, InputProcessingConfigurationDescription: described });
  });
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: application.document.current.version,
    InputId: input.InputId,
    InputProcessingConfigurationDescription: described,
  };
}
