import type {
  AddApplicationCloudWatchLoggingOptionRequest,
  AddApplicationCloudWatchLoggingOptionResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { isSql } from "../applications/document.ts";
import { newLoggingOption } from "../configuration/logging.ts";
import { checkCount } from "../configuration/new-configuration.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationCloudWatchLoggingOption(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationCloudWatchLoggingOptionRequest>,
  call: Call,
): Promise<AddApplicationCloudWatchLoggingOptionResponse> {
  const { application, operationId } = await changeVersion(state, call, input, ({ document }) => {
    const { logging, version } = document.current;
    const added = newLoggingOption(input.CloudWatchLoggingOption.LogStreamARN, `${version + 1}.1`);
    checkCount("CloudWatch logging option", logging.length + 1, limits.loggingOptions);
    return { version: { logging: [...logging, added] } };
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    CloudWatchLoggingOptionDescriptions: [...current.logging],
    OperationId: isSql(current.runtime) ? undefined : operationId,
  };
}
