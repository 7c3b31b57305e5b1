import type {
  DeleteApplicationInputProcessingConfigurationRequest,
  DeleteApplicationInputProcessingConfigurationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { inputOf, withInput } from "../applications/sql-settings.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function deleteApplicationInputProcessingConfiguration(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationInputProcessingConfigurationRequest>,
  call: Call,
): Promise<DeleteApplicationInputProcessingConfigurationResponse> {
  const { application } = await changeVersion(state, call, input, ({ document: { current, name } }) => {
    const { InputProcessingConfigurationDescription: before, ...rest } = inputOf(
      current,
      input.InputId,
      name,
    );
    if (before === undefined)
      throw invalidArgument(`Input ${input.InputId} has no InputProcessingConfiguration.`);
    return withInput(current, rest);
  });
  return { ApplicationARN: application.arn, ApplicationVersionId: application.document.current.version };
}
