import type {
  DeleteApplicationVpcConfigurationRequest,
  DeleteApplicationVpcConfigurationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { partNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function deleteApplicationVpcConfiguration(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationVpcConfigurationRequest>,
  call: Call,
): Promise<DeleteApplicationVpcConfigurationResponse> {
  const id = input.VpcConfigurationId;
  const { application, operationId } = await changeVersion(state, call, input, ({ document }) => {
    const { VpcConfigurationDescriptions: vpcs = [], ...rest } = document.current.configuration;
    const left = vpcs.filter((vpc) => vpc.VpcConfigurationId !== id);
    if (left.length === vpcs.length) throw partNotFound("VPC configuration", id, document.name);
    const kept = left.length === 0 ? {} : { VpcConfigurationDescriptions: left };
    return { version: { configuration: { ...rest, ...kept } } };
  });
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: application.document.current.version,
    OperationId: operationId,
  };
}
