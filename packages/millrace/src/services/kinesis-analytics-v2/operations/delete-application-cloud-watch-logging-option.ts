import type {
  DeleteApplicationCloudWatchLoggingOptionRequest,
  DeleteApplicationCloudWatchLoggingOptionResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { isSql } from "../applications/document.ts";
import { partNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function deleteApplicationCloudWatchLoggingOption(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationCloudWatchLoggingOptionRequest>,
  call: Call,
): Promise<DeleteApplicationCloudWatchLoggingOptionResponse> {
  const id = input.CloudWatchLoggingOptionId;
  const { application, operationId } = await changeVersion(state, call, input, ({ document }) => {
    const { logging } = document.current;
    const left = logging.filter((option) => option.CloudWatchLoggingOptionId !== id);
    if (left.length === logging.length) throw partNotFound("CloudWatch logging option", id, document.name);
    return { version: { logging: left } };
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    CloudWatchLoggingOptionDescriptions: [...current.logging],
    OperationId: isSql(current.runtime) ? undefined : operationId,
  };
}
